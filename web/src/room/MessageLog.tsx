import { useCallback, useMemo, useRef } from 'react';
import { sentenceFor } from '../api/sentences';
import type { Message, Room } from '../api/types';
import { usePending } from '../composer/usePending';
import { useChat } from '../session/Chat';
import { dayName } from '../text/times';
import { Icon } from '../ui/Icon';
import { LogSkeleton } from './LogSkeleton';
import { MessageRow } from './MessageRow';
import { PendingRow } from './PendingRow';
import { type Row, rowsOf, type Unread } from './rows';
import { useLogScroll } from './useLogScroll';
import { useReading } from './useReading';
import { useTimeline } from './useTimeline';
import styles from './MessageLog.module.css';

interface MessageLogProps {
    room: Room;
    title: string;
    unread: Unread;
    /** Once the members are known, only strangers among the authors are asked for one by one. */
    knowsMembers: boolean;
}

const none: readonly Message[] = [];

export function MessageLog({ room, title, unread, knowsMembers }: MessageLogProps) {
    const { me } = useChat();
    const { timeline, error, refetch, loadOlder, isLoadingOlder, olderFailed } = useTimeline(room.id);
    const pending = usePending(room.id);
    const messages = timeline?.messages ?? none;
    const rows = useMemo(
        () => rowsOf({ messages, pending, myId: me.id, unread }),
        [messages, pending, me.id, unread],
    );
    const byId = useMemo(() => new Map(messages.map((message) => [message.id, message])), [messages]);

    const requestOlder = useCallback(() => void loadOlder(), [loadOlder]);
    const ref = useRef<HTMLDivElement>(null);
    const { isAtEnd, onScroll, toEnd } = useLogScroll(ref, {
        firstKey: messages[0]?.id,
        lastKey: rows.at(-1)?.key,
        canLoadOlder: !!timeline?.hasBefore && !isLoadingOlder && !olderFailed,
        loadOlder: requestOlder,
    });
    useReading(room, messages.at(-1), isAtEnd);

    const show = (row: Row) => {
        switch (row.kind) {
            case 'day':
                return <Divider key={row.key} text={dayName(row.at)} />;
            case 'new':
                return <Divider key={row.key} text="New" isNew />;
            case 'gap':
                return (
                    <p key={row.key} className={styles.note}>
                        Fetching what was said here…
                    </p>
                );
            case 'message': {
                const { message } = row;
                const parent = message.parent_id ? (byId.get(message.parent_id) ?? null) : undefined;
                return (
                    <MessageRow
                        key={row.key}
                        message={message}
                        isContinued={row.isContinued}
                        parent={parent}
                        knowsMembers={knowsMembers}
                    />
                );
            }
            case 'pending':
                return <PendingRow key={row.key} pending={row.pending} isContinued={row.isContinued} />;
        }
    };

    return (
        <div className={styles.frame}>
            <div
                ref={ref}
                className={styles.log}
                role="log"
                aria-label="Messages"
                tabIndex={0}
                onScroll={onScroll}
            >
                <div className={styles.content} aria-busy={!timeline}>
                    {!timeline && !error && <LogSkeleton />}
                    {!timeline && error && (
                        <Failure text={sentenceFor(error)} onRetry={() => void refetch()} />
                    )}
                    {isLoadingOlder && <p className={styles.note}>Loading older messages…</p>}
                    {olderFailed && <Failure text="Older messages did not load." onRetry={requestOlder} />}
                    {timeline && !timeline.hasBefore && (
                        <Beginning title={title} isEmpty={rows.length === 0} />
                    )}
                    {rows.map(show)}
                </div>
            </div>
            {!isAtEnd && (
                <button type="button" className={styles.toEnd} onClick={toEnd}>
                    <Icon name="down" size={18} />
                    {room.unread_count ? 'New messages' : 'To the latest'}
                </button>
            )}
        </div>
    );
}

function Divider({ text, isNew = false }: { text: string; isNew?: boolean }) {
    return (
        <div
            className={`${styles.divider} ${isNew ? styles.newHere : ''}`}
            role="separator"
            aria-label={text}
        >
            <span>{text}</span>
        </div>
    );
}

function Beginning({ title, isEmpty }: { title: string; isEmpty: boolean }) {
    return (
        <div className={styles.beginning}>
            <p className={styles.beginningTitle}>{title}</p>
            <p>
                {isEmpty
                    ? 'Nothing has been said here yet. Write the first message.'
                    : 'This is where it all began.'}
            </p>
        </div>
    );
}

function Failure({ text, onRetry }: { text: string; onRetry: () => void }) {
    return (
        <p className={styles.note}>
            {text}{' '}
            <button type="button" className="link-button" onClick={onRetry}>
                Try again
            </button>
        </p>
    );
}
