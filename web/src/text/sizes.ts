const units = ['bytes', 'KB', 'MB', 'GB'];

/** `1536` → `1.5 KB`. */
export function fileSize(bytes: number): string {
    const power = Math.min(units.length - 1, bytes > 0 ? Math.floor(Math.log(bytes) / Math.log(1024)) : 0);
    const amount = bytes / 1024 ** power;
    const digits = power > 0 && amount < 10 ? 1 : 0;
    return `${amount.toFixed(digits)} ${units[power] ?? ''}`;
}
