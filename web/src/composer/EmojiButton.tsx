import { useEffect, useRef, useState } from 'react';
import { Icon } from '../ui/Icon';
import { emojis } from './emojis';
import styles from './Composer.module.css';

/** A small choice of emoji that go into the text. */
export function EmojiButton({ onPick }: { onPick: (emoji: string) => void }) {
    const [isOpen, setOpen] = useState(false);
    const root = useRef<HTMLDivElement>(null);

    useEffect(() => {
        if (!isOpen) {
            return;
        }
        const onPointerDown = (event: PointerEvent) => {
            if (!root.current?.contains(event.target as Node)) {
                setOpen(false);
            }
        };
        const onKeyDown = (event: KeyboardEvent) => {
            if (event.key === 'Escape') {
                setOpen(false);
                root.current?.querySelector('button')?.focus();
            }
        };
        document.addEventListener('pointerdown', onPointerDown);
        document.addEventListener('keydown', onKeyDown);
        return () => {
            document.removeEventListener('pointerdown', onPointerDown);
            document.removeEventListener('keydown', onKeyDown);
        };
    }, [isOpen]);

    return (
        <div ref={root} className={styles.emoji}>
            <button
                type="button"
                className="icon-button"
                aria-label="Emoji"
                title="Emoji"
                aria-expanded={isOpen}
                onClick={() => setOpen(!isOpen)}
            >
                <Icon name="smile" />
            </button>
            {isOpen && (
                <div className={styles.emojiPanel} role="group" aria-label="Choose an emoji">
                    {emojis.map(([emoji, name]) => (
                        <button
                            key={name}
                            type="button"
                            aria-label={name}
                            title={name}
                            onClick={() => {
                                setOpen(false);
                                onPick(emoji);
                            }}
                        >
                            {emoji}
                        </button>
                    ))}
                </div>
            )}
        </div>
    );
}
