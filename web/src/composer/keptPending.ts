import type { Outbox, Pending } from './outbox';

// Session storage: a reload keeps what was not sent, and two tabs never send it twice at once.
function keyFor(userId: string): string {
    return `parley.outbox.${userId}`;
}

export function keptPending(userId: string): Pending[] {
    try {
        return JSON.parse(sessionStorage.getItem(keyFor(userId)) ?? '[]') as Pending[];
    } catch {
        return [];
    }
}

export function keepPending(userId: string, outbox: Outbox): void {
    outbox.subscribe(() => {
        const entries = outbox.get();
        if (entries.length > 0) {
            sessionStorage.setItem(keyFor(userId), JSON.stringify(entries));
        } else {
            sessionStorage.removeItem(keyFor(userId));
        }
    });
}
