import type { Room } from '../api/types';
import { AvatarWithPresence } from '../people/Avatar';
import { Icon } from '../ui/Icon';
import type { RoomFace } from './useRooms';
import styles from './RoomGlyph.module.css';

/** What stands before a room's name: a face, a lock or a hash. */
export function RoomGlyph({ room, face }: { room: Room; face: RoomFace }) {
    if (face.partnerId) {
        return <AvatarWithPresence id={face.partnerId} name={face.title} size="small" />;
    }
    return (
        <span className={styles.glyph}>
            <Icon name={room.type === 'public' ? 'hash' : 'lock'} size={17} />
        </span>
    );
}
