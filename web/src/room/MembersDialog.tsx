import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { sentenceFor } from '../api/sentences';
import type { Member, Room, User } from '../api/types';
import { AvatarWithPresence } from '../people/Avatar';
import { PeoplePicker } from '../rooms/PeoplePicker';
import { useChat } from '../session/Chat';
import { Dialog } from '../ui/Dialog';
import styles from './MembersDialog.module.css';

interface MembersDialogProps {
    room: Room;
    members: readonly Member[];
    here: ReadonlySet<string>;
    onClose: () => void;
}

/** Who is in the room; an admin adds people here. */
export function MembersDialog({ room, members, here, onClose }: MembersDialogProps) {
    return (
        <Dialog title="Members" onClose={onClose}>
            <div className={styles.body}>
                {room.role === 'admin' && <AddPeople room={room} />}
                <ul className={styles.list} aria-label="Members">
                    {members.map(({ user, role }) => (
                        <li key={user.id} className={styles.member}>
                            <AvatarWithPresence id={user.id} name={user.name} />
                            <span className={styles.who}>
                                <strong>{user.name}</strong>
                                <span className="hint">@{user.username}</span>
                            </span>
                            {here.has(user.id) && <span className={styles.tag}>Here now</span>}
                            {role === 'admin' && <span className={styles.tag}>Admin</span>}
                        </li>
                    ))}
                </ul>
                {room.member_count > members.length && members.length > 0 && (
                    <p className="hint">and {room.member_count - members.length} more</p>
                )}
            </div>
        </Dialog>
    );
}

function AddPeople({ room }: { room: Room }) {
    const { api, membersChanged } = useChat();
    const [people, setPeople] = useState<User[]>([]);
    const add = useMutation({
        mutationFn: async () => {
            for (const { id } of people) {
                await api.addMember(room.id, id);
            }
        },
        onSuccess: () => setPeople([]),
        onSettled: () => membersChanged(room.id),
    });
    return (
        <form
            className={styles.add}
            onSubmit={(event) => {
                event.preventDefault();
                add.mutate();
            }}
        >
            <PeoplePicker label="Add people" chosen={people} onChange={setPeople} />
            {people.length > 0 && (
                <button type="submit" className="button primary" disabled={add.isPending}>
                    Add
                </button>
            )}
            {add.error && (
                <p className="error-box" role="alert">
                    {sentenceFor(add.error)}
                </p>
            )}
        </form>
    );
}
