// What was begun in a room waits there while another one is open, until the page is closed.
const drafts = new Map<string, string>();

export function keptDraft(roomId: string): string {
    return drafts.get(roomId) ?? '';
}

export function keepDraft(roomId: string, text: string): void {
    if (text) {
        drafts.set(roomId, text);
    } else {
        drafts.delete(roomId);
    }
}

export function forgetDrafts(): void {
    drafts.clear();
}
