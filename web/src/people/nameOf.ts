import type { Message, User } from '../api/types';

/** Whom to name as a message's author, who may not be known yet; a message without one tells what happened. */
export function nameOf({ user_id }: Message, author: User | undefined): string {
    if (user_id === null) {
        return 'System';
    }
    return author?.name ?? '…';
}
