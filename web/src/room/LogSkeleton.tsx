import styles from './LogSkeleton.module.css';

export function LogSkeleton() {
    return (
        <div role="status" className={styles.skeleton}>
            <span className="visually-hidden">Loading messages</span>
            {['a', 'b', 'c', 'd'].map((key) => (
                <div key={key} className={styles.row}>
                    <span className={styles.face} />
                    <span className={styles.lines}>
                        <span className={styles.line} />
                        <span className={styles.line} />
                    </span>
                </div>
            ))}
        </div>
    );
}
