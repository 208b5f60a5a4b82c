import { memo } from 'react';
import { linkify } from './linkify';
import styles from './MessageText.module.css';

const onlyEmoji = /^(?:\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\u200d|\ufe0f)*\s*){1,3}$/u;

/** What somebody wrote: text with links, never markup. */
export const MessageText = memo(function MessageText({ content }: { content: string }) {
    const className = onlyEmoji.test(content.trim()) ? `${styles.text} ${styles.large}` : styles.text;
    return (
        <p className={className} dir="auto">
            {linkify(content).map((piece, index) =>
                piece.kind === 'text' ? (
                    piece.text
                ) : (
                    <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
                        {piece.text}
                    </a>
                ),
            )}
        </p>
    );
});
