import { describe, expect, it } from 'vitest';
import { linkify } from './linkify';

function linksIn(text: string): string[] {
    return linkify(text).flatMap((piece) => (piece.kind === 'link' ? [piece.href] : []));
}

function textOf(text: string): string {
    return linkify(text)
        .map((piece) => piece.text)
        .join('');
}

describe('linkify', () => {
    it('links web and mail addresses', () => {
        expect(linksIn('see https://example.org/a?b=1#c and http://x.test')).toEqual([
            'https://example.org/a?b=1#c',
            'http://x.test/',
        ]);
        expect(linksIn('www.example.org')).toEqual(['https://www.example.org/']);
        expect(linksIn('write to mailto:ada@example.org')).toEqual(['mailto:ada@example.org']);
    });

    it.each([
        'javascript:alert(1)',
        'JaVaScRiPt://example.org/%0aalert(1)',
        'data:text/html,<script>alert(1)</script>',
        'vbscript:msgbox',
        'file:///etc/passwd',
        'https://',
        'mailto:nobody',
    ])('never links %s', (text) => {
        expect(linksIn(text)).toEqual([]);
    });

    it('keeps markup out of links', () => {
        expect(linksIn('https://example.org/"onmouseover="alert(1)')).toEqual(['https://example.org/']);
        expect(linksIn('<https://example.org/<b>>')).toEqual(['https://example.org/']);
    });

    it('leaves the punctuation of the sentence outside', () => {
        expect(linksIn('Is it https://example.org/a? Yes: https://example.org/b.')).toEqual([
            'https://example.org/a',
            'https://example.org/b',
        ]);
        expect(linksIn('(see https://example.org/a_(b)).')).toEqual(['https://example.org/a_(b)']);
        expect(linksIn('[https://example.org/c]')).toEqual(['https://example.org/c']);
    });

    it.each([
        '',
        'plain',
        'a https://example.org/x, b\nwww.b.test!',
        '<script>https://a.test</script>',
        '…https://',
    ])('loses nothing of %j', (text) => {
        expect(textOf(text)).toBe(text);
    });

    it('stays quick on long input made to be slow', () => {
        const started = performance.now();
        linkify(`https://a.test/${'.'.repeat(4_000)}${')'.repeat(4_000)}`);
        linkify('www.'.repeat(2_000));
        expect(performance.now() - started).toBeLessThan(1_000);
    });
});
