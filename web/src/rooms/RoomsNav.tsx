import { useState } from 'react';
import type { Room } from '../api/types';
import { useRoomId } from '../routing/route';
import { Icon, type IconName } from '../ui/Icon';
import { BrowseRoomsDialog } from './BrowseRoomsDialog';
import { NewMessageDialog } from './NewMessageDialog';
import { NewRoomDialog } from './NewRoomDialog';
import { RoomLink } from './RoomLink';
import styles from './RoomsNav.module.css';

type OpenDialog = 'newRoom' | 'newMessage' | 'browse' | null;

interface RoomsNavProps {
    rooms: readonly Room[] | undefined;
    failure: string | null;
}

export function RoomsNav({ rooms, failure }: RoomsNavProps) {
    const [dialog, setDialog] = useState<OpenDialog>(null);
    const close = () => setDialog(null);
    return (
        <>
            <div className={styles.actions}>
                <Action icon="plus" label="New room" onClick={() => setDialog('newRoom')} />
                <Action icon="compose" label="New message" onClick={() => setDialog('newMessage')} />
                <Action icon="compass" label="Browse rooms" onClick={() => setDialog('browse')} />
            </div>
            <nav className={styles.nav} aria-label="Rooms">
                {failure && <p className={styles.note}>{failure}</p>}
                {!rooms && !failure && <Skeletons />}
                {rooms && <RoomSections rooms={rooms} />}
            </nav>
            {dialog === 'newRoom' && <NewRoomDialog onClose={close} />}
            {dialog === 'newMessage' && <NewMessageDialog onClose={close} />}
            {dialog === 'browse' && <BrowseRoomsDialog onClose={close} />}
        </>
    );
}

function RoomSections({ rooms }: { rooms: readonly Room[] }) {
    if (rooms.length === 0) {
        return (
            <p className={styles.note}>
                You are in no room yet. Make one, or browse the rooms that are open to all.
            </p>
        );
    }
    return (
        <>
            <RoomSection title="Rooms" rooms={rooms.filter(({ type }) => type !== 'private')} />
            <RoomSection title="Direct messages" rooms={rooms.filter(({ type }) => type === 'private')} />
        </>
    );
}

function RoomSection({ title, rooms }: { title: string; rooms: readonly Room[] }) {
    const openId = useRoomId();
    if (rooms.length === 0) {
        return null;
    }
    return (
        <section className={styles.section}>
            <h2 className={styles.heading}>{title}</h2>
            <ul className={styles.list}>
                {rooms.map((room) => (
                    <RoomLink key={room.id} room={room} isOpen={room.id === openId} />
                ))}
            </ul>
        </section>
    );
}

function Action({ icon, label, onClick }: { icon: IconName; label: string; onClick: () => void }) {
    return (
        <button type="button" className={styles.action} onClick={onClick}>
            <Icon name={icon} size={18} />
            {label}
        </button>
    );
}

function Skeletons() {
    return (
        <div className={styles.section} role="status">
            <span className="visually-hidden">Loading rooms</span>
            {['a', 'b', 'c', 'd', 'e'].map((key) => (
                <div key={key} className={styles.skeleton} />
            ))}
        </div>
    );
}
