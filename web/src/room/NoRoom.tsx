import { homeHref } from '../routing/route';
import { Icon } from '../ui/Icon';
import styles from './NoRoom.module.css';

/** The middle of the page while no room is open. */
export function NoRoom({ isMissing }: { isMissing: boolean }) {
    return (
        <div className={styles.empty}>
            <svg className={styles.picture} viewBox="0 0 160 110" aria-hidden="true" focusable="false">
                <rect className={styles.back} x="10" y="8" width="96" height="60" rx="18" />
                <path className={styles.back} d="M26 62v24l22-20z" />
                <rect className={styles.front} x="58" y="34" width="92" height="56" rx="18" />
                <path className={styles.front} d="M134 84v22l-22-18z" />
                <path className={styles.lines} d="M78 56h52M78 70h32" />
            </svg>
            <h1 className={styles.title}>
                {isMissing ? 'That room is not among yours' : 'Pick up a conversation'}
            </h1>
            <p className={styles.text}>
                {isMissing
                    ? 'It may be gone, or you were never in it.'
                    : 'Choose a room at the side, or start a new one.'}
            </p>
            {isMissing && (
                <a className={`button ${styles.link}`} href={homeHref}>
                    <Icon name="back" size={18} />
                    All rooms
                </a>
            )}
        </div>
    );
}
