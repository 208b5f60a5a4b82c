import { useEffect } from 'react';
import { sentenceFor } from '../api/sentences';
import { ConnectionNotice } from '../realtime/ConnectionNotice';
import { useRoomFeeds, useRooms } from '../rooms/useRooms';
import { RoomsNav } from '../rooms/RoomsNav';
import { useRoomId } from '../routing/route';
import { Logo } from '../ui/Logo';
import { MeBar } from './MeBar';
import { NoRoom } from './NoRoom';
import { RoomPage } from './RoomPage';
import styles from './ChatPage.module.css';

/** The signed-in page: rooms at the side, one of them open. */
export function ChatPage() {
    const { data: rooms, error } = useRooms();
    const roomId = useRoomId();
    const room = rooms?.find(({ id }) => id === roomId);
    useRoomFeeds(rooms);
    useUnreadInTitle(rooms?.reduce((sum, { unread_count }) => sum + (unread_count ?? 0), 0) ?? 0);

    return (
        <div className={`${styles.page} ${roomId ? styles.inRoom : ''}`}>
            <div className={styles.side}>
                <div className={styles.brand}>
                    <Logo className={styles.logo} />
                    Parley
                </div>
                <RoomsNav rooms={rooms} failure={error && !rooms ? sentenceFor(error) : null} />
                <MeBar />
            </div>
            <main className={styles.main}>
                <ConnectionNotice />
                {room ? <RoomPage key={room.id} room={room} /> : <NoRoom isMissing={!!roomId && !!rooms} />}
            </main>
        </div>
    );
}

function useUnreadInTitle(unread: number): void {
    useEffect(() => {
        document.title = unread > 0 ? `(${unread}) Parley` : 'Parley';
        return () => {
            document.title = 'Parley';
        };
    }, [unread]);
}
