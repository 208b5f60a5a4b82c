import { fileSize } from '../text/sizes';
import { Icon } from '../ui/Icon';
import type { UploadEntry } from './useUploads';
import styles from './Composer.module.css';

interface UploadTrayProps {
    entries: readonly UploadEntry[];
    onRemove: (key: string) => void;
}

/** The files that will go with the message. */
export function UploadTray({ entries, onRemove }: UploadTrayProps) {
    if (entries.length === 0) {
        return null;
    }
    return (
        <ul className={styles.tray} aria-label="Files to send">
            {entries.map((entry) => (
                <li key={entry.key} className={styles.upload}>
                    <Icon name="file" size={18} />
                    <span className={styles.uploadText}>
                        <strong>{entry.name}</strong>
                        <span
                            className={entry.problem ? 'error' : 'hint'}
                            role={entry.problem ? 'alert' : undefined}
                        >
                            {stateOf(entry)}
                        </span>
                    </span>
                    <button
                        type="button"
                        className="icon-button"
                        aria-label={`Remove ${entry.name}`}
                        onClick={() => onRemove(entry.key)}
                    >
                        <Icon name="close" size={16} />
                    </button>
                    {!entry.done && !entry.problem && (
                        <progress
                            className={styles.progress}
                            value={entry.progress}
                            aria-label={entry.name}
                        />
                    )}
                </li>
            ))}
        </ul>
    );
}

function stateOf({ problem, done, progress, size }: UploadEntry): string {
    if (problem) {
        return problem;
    }
    return done ? fileSize(size) : `${Math.round(progress * 100)} % of ${fileSize(size)}`;
}
