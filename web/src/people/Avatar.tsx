import { useChat } from '../session/Chat';
import { usePresence } from './presenceBoard';
import { hueOf, initialsOf } from './initials';
import styles from './Avatar.module.css';

interface AvatarProps {
    /** What the colour goes by, so that a person keeps theirs when they change their name. */
    id: string;
    name: string;
    size?: 'small' | 'medium' | 'large';
}

/** Decoration: the name always stands beside it. */
export function Avatar({ id, name, size = 'medium' }: AvatarProps) {
    const className = [styles.avatar, styles[size], styles[`hue${hueOf(id)}`]].join(' ');
    return (
        <span className={className} aria-hidden="true">
            {initialsOf(name)}
        </span>
    );
}

export function AvatarWithPresence(props: AvatarProps) {
    const { presence } = useChat();
    const status = usePresence(presence, props.id);
    return (
        <span className={styles.withPresence}>
            <Avatar {...props} />
            {status !== 'offline' && <span className={`${styles.dot} ${styles[status]}`} />}
        </span>
    );
}
