import { useState } from 'react';
import type { Member, Room } from '../api/types';
import { usePresence } from '../people/presenceBoard';
import { RoomGlyph } from '../rooms/RoomGlyph';
import type { RoomFace } from '../rooms/useRooms';
import { homeHref } from '../routing/route';
import { useChat } from '../session/Chat';
import { Icon } from '../ui/Icon';
import { MembersDialog } from './MembersDialog';
import { useHereNow } from './useHereNow';
import styles from './RoomHeader.module.css';

interface RoomHeaderProps {
    room: Room;
    face: RoomFace;
    members: readonly Member[];
}

export function RoomHeader({ room, face, members }: RoomHeaderProps) {
    const [showsMembers, setShowsMembers] = useState(false);
    const here = useHereNow(room.id);
    return (
        <header className={styles.header}>
            <a href={homeHref} className={`icon-button ${styles.back}`} aria-label="All rooms">
                <Icon name="back" />
            </a>
            <RoomGlyph room={room} face={face} />
            <div className={styles.names}>
                <h1 className={styles.title}>{face.title}</h1>
                {face.partnerId ? (
                    <PartnerStatus userId={face.partnerId} />
                ) : (
                    room.topic && <p className={styles.topic}>{room.topic}</p>
                )}
            </div>
            {room.type !== 'private' && (
                <button type="button" className={styles.members} onClick={() => setShowsMembers(true)}>
                    <Icon name="people" size={18} />
                    <span>{room.member_count === 1 ? '1 member' : `${room.member_count} members`}</span>
                    {here.size > 0 && <span className={styles.here}>{here.size} here</span>}
                </button>
            )}
            {showsMembers && (
                <MembersDialog
                    room={room}
                    members={members}
                    here={here}
                    onClose={() => setShowsMembers(false)}
                />
            )}
        </header>
    );
}

const words = { online: 'Online', away: 'Away', dnd: 'Do not disturb', offline: 'Offline' };

function PartnerStatus({ userId }: { userId: string }) {
    const { presence } = useChat();
    return <p className={styles.topic}>{words[usePresence(presence, userId)]}</p>;
}
