import { memo } from 'react';
import type { Message } from '../api/types';
import { AttachmentView } from '../media/AttachmentView';
import { nameOf } from '../people/nameOf';
import { useUser } from '../people/useUser';
import { MessageText } from '../text/MessageText';
import { ParentLine } from './ParentLine';
import { RowFrame } from './RowFrame';
import styles from './MessageRow.module.css';

interface MessageRowProps {
    message: Message;
    isContinued: boolean;
    /** What this answers: null when it lies further back than the page reaches, undefined when it answers nothing. */
    parent: Message | null | undefined;
    knowsMembers: boolean;
}

export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
    const { message, isContinued, parent, knowsMembers } = props;
    const author = useUser(message.user_id, { enabled: knowsMembers });
    return (
        <RowFrame
            authorId={message.user_id}
            name={nameOf(message, author)}
            at={message.created_at}
            isContinued={isContinued}
        >
            {parent !== undefined && <ParentLine parent={parent} />}
            {message.deleted_at ? (
                <p className={styles.deleted}>This message was deleted.</p>
            ) : (
                <>
                    {message.content && <MessageText content={message.content} />}
                    {message.edited_at && <span className={styles.edited}>(edited)</span>}
                    {message.attachments.map((attachment) => (
                        <AttachmentView key={attachment.id} attachment={attachment} />
                    ))}
                </>
            )}
        </RowFrame>
    );
});
