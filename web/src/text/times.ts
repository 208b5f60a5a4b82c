const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const dayOfOtherYear = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });

export function clockTime(at: string): string {
    return clock.format(new Date(at));
}

export function fullTime(at: string): string {
    return full.format(new Date(at));
}

/** "Today", "Yesterday", "Tuesday, 3 March"; with the year when it is another one. */
export function dayName(at: string, now = new Date()): string {
    const date = new Date(at);
    const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
    if (date.toDateString() === now.toDateString()) {
        return 'Today';
    }
    if (date.toDateString() === yesterday.toDateString()) {
        return 'Yesterday';
    }
    return (date.getFullYear() === now.getFullYear() ? day : dayOfOtherYear).format(date);
}
