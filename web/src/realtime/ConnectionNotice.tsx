import { useChat } from '../session/Chat';
import { useDebounced } from '../ui/useDebounced';
import { type ConnectionState, useConnectionState } from './connectionState';
import styles from './ConnectionNotice.module.css';

const texts: Partial<Record<ConnectionState, string>> = {
    reconnecting: 'Reconnecting…',
    offline: 'You are offline; messages will be sent when you are back',
};

/** Says so when the connection is gone for more than a moment. */
export function ConnectionNotice() {
    const { connection } = useChat();
    const state = useConnectionState(connection);
    const settled = useDebounced(state, 800);
    const text = state === settled ? texts[state] : undefined;
    return (
        <div role="status" aria-live="polite">
            {text && <p className={styles.notice}>{text}</p>}
        </div>
    );
}
