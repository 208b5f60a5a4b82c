import type { Pending } from '../composer/outbox';
import { AttachmentView } from '../media/AttachmentView';
import { useChat } from '../session/Chat';
import { MessageText } from '../text/MessageText';
import { Icon } from '../ui/Icon';
import { RowFrame } from './RowFrame';
import styles from './MessageRow.module.css';

/** A message of ours that the server has not confirmed yet. */
export function PendingRow({ pending, isContinued }: { pending: Pending; isContinued: boolean }) {
    const { me, outbox } = useChat();
    const { clientId, content, attachments, createdAt, state, reason } = pending;
    return (
        <RowFrame
            authorId={me.id}
            name={me.name}
            at={createdAt}
            isContinued={isContinued}
            className={styles[state]}
        >
            {content && <MessageText content={content} />}
            {attachments.map((attachment) => (
                <AttachmentView key={attachment.id} attachment={attachment} />
            ))}
            {state === 'sending' ? (
                <p className={styles.state}>Sending…</p>
            ) : (
                <div className={`${styles.state} ${styles.problem}`} role="alert">
                    <Icon name="warning" size={16} />
                    <button type="button" className="link-button" onClick={() => outbox.retry(clientId)}>
                        Not sent, retry
                    </button>
                    <span>{reason}</span>
                    <button type="button" className="link-button" onClick={() => outbox.discard(clientId)}>
                        Discard
                    </button>
                </div>
            )}
        </RowFrame>
    );
}
