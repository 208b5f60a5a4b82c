import type { Attachment } from '../api/types';

// What the media service serves inline; other image types come as downloads.
const shownTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);

const most = { width: 420, height: 320 };

export function isImage({ file_type, status }: Attachment): boolean {
    return status === 'ready' && shownTypes.has(file_type);
}

/** The preview where there is one, else the original. */
export function pictureUrl({ metadata, file_url }: Attachment): string | null {
    const preview = metadata?.variants?.find(({ name }) => name === 'preview');
    return preview?.url ?? file_url;
}

/** The size to keep free while the picture loads, so that the log does not jump. */
export function fittedSize({ metadata }: Attachment): { width: number; height: number } | undefined {
    const { width, height } = metadata ?? {};
    if (!width || !height) {
        return undefined;
    }
    const scale = Math.min(1, most.width / width, most.height / height);
    return { width: Math.round(width * scale), height: Math.round(height * scale) };
}
