import { useUser } from '../people/useUser';
import { useChat } from '../session/Chat';
import { useTypingIn } from './typingBoard';
import styles from './TypingLine.module.css';

/** "Grace is typing…", below the messages. The line keeps its height, so that nothing jumps. */
export function TypingLine({ roomId }: { roomId: string }) {
    const { typing } = useChat();
    const userIds = useTypingIn(typing, roomId);
    const [first, second] = userIds;
    return (
        <div className={styles.line} role="status" aria-live="polite">
            {first && (
                <>
                    <span className={styles.dots} aria-hidden="true">
                        <i />
                        <i />
                        <i />
                    </span>
                    <Sentence first={first} second={second} count={userIds.length} />
                </>
            )}
        </div>
    );
}

interface SentenceProps {
    first: string;
    second: string | undefined;
    count: number;
}

function Sentence({ first, second, count }: SentenceProps) {
    const one = useUser(first)?.name;
    const two = useUser(second ?? first)?.name;
    if (!one || !two) {
        return null;
    }
    if (count === 1) {
        return <span>{one} is typing…</span>;
    }
    return <span>{count === 2 ? `${one} and ${two} are typing…` : 'Several people are typing…'}</span>;
}
