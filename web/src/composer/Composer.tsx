import {
    type ClipboardEvent,
    type DragEvent,
    type KeyboardEvent,
    useLayoutEffect,
    useRef,
    useState,
} from 'react';
import { useChat } from '../session/Chat';
import { Icon } from '../ui/Icon';
import { keepDraft, keptDraft } from './drafts';
import { EmojiButton } from './EmojiButton';
import { UploadTray } from './UploadTray';
import { useTypingSignal } from './useTypingSignal';
import { useUploads } from './useUploads';
import styles from './Composer.module.css';

/** Where one writes. Enter sends, Shift+Enter breaks the line. */
export function Composer({ roomId, title }: { roomId: string; title: string }) {
    const { outbox, config } = useChat();
    const [text, setText] = useState(() => keptDraft(roomId));
    const uploads = useUploads();
    const { writing, stopped } = useTypingSignal(roomId);
    const box = useRef<HTMLTextAreaElement>(null);
    const files = useRef<HTMLInputElement>(null);
    const [isDragOver, setDragOver] = useState(false);
    const canSend = !uploads.isBusy && (text.trim() !== '' || uploads.ready.length > 0);
    useGrowing(box, text);

    const write = (next: string) => {
        setText(next);
        keepDraft(roomId, next);
        if (next.trim()) {
            writing();
        } else {
            stopped();
        }
    };
    const send = () => {
        if (canSend) {
            outbox.send({ roomId, content: text.trim(), attachments: uploads.ready });
            uploads.clear();
            write('');
        }
    };
    const onKeyDown = (event: KeyboardEvent) => {
        // While an input method composes, Enter takes its proposal.
        if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault();
            send();
        }
    };
    const onPaste = (event: ClipboardEvent) => {
        if (event.clipboardData.files.length > 0) {
            event.preventDefault();
            uploads.add(event.clipboardData.files);
        }
    };
    const onDrop = (event: DragEvent) => {
        event.preventDefault();
        setDragOver(false);
        uploads.add(event.dataTransfer.files);
    };

    return (
        <form
            className={`${styles.composer} ${isDragOver ? styles.dragOver : ''}`}
            onSubmit={(event) => {
                event.preventDefault();
                send();
            }}
            onDragOver={(event) => {
                event.preventDefault();
                setDragOver(true);
            }}
            onDragLeave={() => setDragOver(false)}
            onDrop={onDrop}
        >
            <UploadTray entries={uploads.entries} onRemove={uploads.remove} />
            <textarea
                ref={box}
                className={styles.box}
                aria-label="Message"
                placeholder={`Message ${title}`}
                rows={1}
                maxLength={config.limits.message_length}
                dir="auto"
                value={text}
                onChange={(event) => write(event.target.value)}
                onKeyDown={onKeyDown}
                onPaste={onPaste}
                onBlur={stopped}
            />
            <div className={styles.tools}>
                <input
                    ref={files}
                    type="file"
                    multiple
                    hidden
                    onChange={({ target }) => {
                        uploads.add([...(target.files ?? [])]);
                        target.value = '';
                    }}
                />
                <button
                    type="button"
                    className="icon-button"
                    aria-label="Attach file"
                    title="Attach file"
                    onClick={() => files.current?.click()}
                >
                    <Icon name="attach" />
                </button>
                <EmojiButton
                    onPick={(emoji) => {
                        write(insertAt(box.current, text, emoji));
                        box.current?.focus();
                    }}
                />
                <button
                    type="submit"
                    className={styles.send}
                    aria-label="Send"
                    title="Send"
                    disabled={!canSend}
                >
                    <Icon name="send" />
                </button>
            </div>
        </form>
    );
}

function insertAt(box: HTMLTextAreaElement | null, text: string, piece: string): string {
    const start = box?.selectionStart ?? text.length;
    const end = box?.selectionEnd ?? text.length;
    return text.slice(0, start) + piece + text.slice(end);
}

/** The box is as high as its text, within what the style sheet allows. */
function useGrowing(ref: { current: HTMLTextAreaElement | null }, text: string): void {
    useLayoutEffect(() => {
        const box = ref.current;
        if (box) {
            box.style.height = 'auto';
            box.style.height = `${box.scrollHeight}px`;
        }
    }, [ref, text]);
}
