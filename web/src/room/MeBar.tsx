import { forgetDrafts } from '../composer/drafts';
import { AvatarWithPresence } from '../people/Avatar';
import { useChat } from '../session/Chat';
import { useSessionActions } from '../session/SessionContext';
import { go, homeHref } from '../routing/route';
import { Icon } from '../ui/Icon';
import styles from './MeBar.module.css';

/** Who is signed in here, and the way out. */
export function MeBar() {
    const { me, outbox } = useChat();
    const { signOut } = useSessionActions();
    const leave = () => {
        outbox.clear();
        forgetDrafts();
        go(homeHref);
        signOut();
    };
    return (
        <div className={styles.bar}>
            <AvatarWithPresence id={me.id} name={me.name} />
            <div className={styles.who}>
                <strong>{me.name}</strong>
                <span>@{me.username}</span>
            </div>
            <button
                type="button"
                className="icon-button"
                aria-label="Sign out"
                title="Sign out"
                onClick={leave}
            >
                <Icon name="signOut" />
            </button>
        </div>
    );
}
