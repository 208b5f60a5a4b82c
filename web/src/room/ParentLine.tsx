import type { Message } from '../api/types';
import { nameOf } from '../people/nameOf';
import { useUser } from '../people/useUser';
import styles from './MessageRow.module.css';

/** What a reply answers, in one line. */
export function ParentLine({ parent }: { parent: Message | null }) {
    return (
        <div className={styles.parent}>
            {parent ? <Quote parent={parent} /> : <span>Reply to an earlier message</span>}
        </div>
    );
}

function Quote({ parent }: { parent: Message }) {
    const author = useUser(parent.user_id);
    return (
        <>
            <strong>{nameOf(parent, author)}</strong>
            <span>{parent.deleted_at ? 'a deleted message' : parent.content || 'a file'}</span>
        </>
    );
}
