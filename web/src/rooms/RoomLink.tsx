import { memo } from 'react';
import type { Room } from '../api/types';
import { roomHref } from '../routing/route';
import { RoomGlyph } from './RoomGlyph';
import { useRoomFace } from './useRooms';
import styles from './RoomsNav.module.css';

export const RoomLink = memo(function RoomLink({ room, isOpen }: { room: Room; isOpen: boolean }) {
    const face = useRoomFace(room);
    const unread = room.unread_count ?? 0;
    return (
        <li>
            <a
                href={roomHref(room.id)}
                className={`${styles.link} ${unread > 0 ? styles.unread : ''}`}
                aria-current={isOpen ? 'page' : undefined}
                aria-label={unread > 0 ? `${face.title}, ${unread} unread` : face.title}
            >
                <RoomGlyph room={room} face={face} />
                <span className={styles.title}>{face.title}</span>
                {unread > 0 && <span className={styles.badge}>{unread > 99 ? '99+' : unread}</span>}
            </a>
        </li>
    );
});
