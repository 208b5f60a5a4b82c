import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sentenceFor } from '../api/sentences';
import type { Room } from '../api/types';
import { go, roomHref } from '../routing/route';
import { useChat } from '../session/Chat';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { useDebounced } from '../ui/useDebounced';
import { useJoinRoom } from './useOpenRoom';
import styles from './dialogs.module.css';

export function BrowseRoomsDialog({ onClose }: { onClose: () => void }) {
    const { api } = useChat();
    const [text, setText] = useState('');
    const q = useDebounced(text.trim(), 150);
    const join = useJoinRoom(onClose);
    const found = useQuery({
        queryKey: ['publicRooms', q],
        queryFn: ({ signal }) => api.publicRooms(q, signal),
        placeholderData: keepPreviousData,
        staleTime: 0,
    });
    const error = join.error ?? found.error;

    return (
        <Dialog title="Browse rooms" onClose={onClose}>
            <div className={styles.form}>
                <Field
                    label="Find a room"
                    type="search"
                    value={text}
                    onChange={(event) => setText(event.target.value)}
                    autoComplete="off"
                />
                {error && (
                    <p className="error-box" role="alert">
                        {sentenceFor(error)}
                    </p>
                )}
                <ul className={styles.rooms} aria-label="Public rooms" aria-busy={found.isFetching}>
                    {found.data?.data.map((room) => (
                        <PublicRoom
                            key={room.id}
                            room={room}
                            isBusy={join.isPending}
                            onJoin={() => join.mutate(room)}
                            onOpen={() => {
                                onClose();
                                go(roomHref(room.id));
                            }}
                        />
                    ))}
                </ul>
                {found.data?.data.length === 0 && (
                    <p className="hint" role="status">
                        {q ? 'No public room by that name.' : 'There are no public rooms yet.'}
                    </p>
                )}
            </div>
        </Dialog>
    );
}

interface PublicRoomProps {
    room: Room;
    isBusy: boolean;
    onJoin: () => void;
    onOpen: () => void;
}

function PublicRoom({ room, isBusy, onJoin, onOpen }: PublicRoomProps) {
    const members = room.member_count === 1 ? '1 member' : `${room.member_count} members`;
    return (
        <li className={styles.room}>
            <Icon name="hash" />
            <span className={styles.about}>
                <strong>{room.name}</strong>
                <span className="hint">{room.topic ? `${members} · ${room.topic}` : members}</span>
            </span>
            {room.role ? (
                <button type="button" className="button" aria-label={`Open ${room.name}`} onClick={onOpen}>
                    Open
                </button>
            ) : (
                <button
                    type="button"
                    className="button"
                    aria-label={`Join ${room.name}`}
                    disabled={isBusy}
                    onClick={onJoin}
                >
                    Join
                </button>
            )}
        </li>
    );
}
