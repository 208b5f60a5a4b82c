const hues = 10;

/** `Ada Lovelace` → `AL`; characters outside the basic plane stay whole. */
export function initialsOf(name: string): string {
    const words = name.trim().split(/\s+/u).filter(Boolean);
    const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
    return picked
        .map((word) => Array.from(word ?? '')[0] ?? '')
        .join('')
        .toUpperCase();
}

/** The same id has the same colour on every device. */
export function hueOf(id: string): number {
    let hash = 2166136261;
    for (const character of id) {
        hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619);
    }
    return (hash >>> 0) % hues;
}
