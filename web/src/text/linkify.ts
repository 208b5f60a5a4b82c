export type Piece = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string };

// Only these schemes, spelled out: javascript:, data: and the like can never become a link.
const candidate = /\b(?:https?:\/\/|mailto:|www\.)[^\s<>"'`\p{Cc}]+/giu;
const punctuation = new Set('.,:;!?…*_~]');

/** Splits text into plain stretches and links. The pieces' texts together are exactly the input. */
export function linkify(text: string): Piece[] {
    const pieces: Piece[] = [];
    let end = 0;
    for (const match of text.matchAll(candidate)) {
        const link = trimmed(match[0]);
        const href = hrefOf(link);
        if (!href) {
            continue;
        }
        pieces.push(...textPiece(text.slice(end, match.index)), { kind: 'link', text: link, href });
        end = match.index + link.length;
    }
    return [...pieces, ...textPiece(text.slice(end))];
}

/**
 * `(see https://example.org/a_(b)).` links to `https://example.org/a_(b)`. One pass from the end: what strangers
 * write must not be able to keep a reader's browser busy.
 */
function trimmed(link: string): string {
    let surplus = count(link, ')') - count(link, '(');
    let end = link.length;
    for (; end > 0; end--) {
        const last = link.charAt(end - 1);
        if (last === ')' && surplus > 0) {
            surplus--;
        } else if (!punctuation.has(last)) {
            break;
        }
    }
    return link.slice(0, end);
}

function hrefOf(link: string): string | null {
    const written = /^www\./iu.test(link) ? `https://${link}` : link;
    if (!URL.canParse(written)) {
        return null;
    }
    const url = new URL(written);
    const isWeb = (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname.length > 0;
    const isMail = url.protocol === 'mailto:' && url.pathname.includes('@');
    return isWeb || isMail ? url.href : null;
}

function textPiece(text: string): Piece[] {
    return text ? [{ kind: 'text', text }] : [];
}

function count(text: string, character: string): number {
    return text.split(character).length - 1;
}
