import { type ReactNode, useId } from 'react';
import { Avatar } from '../people/Avatar';
import { clockTime, fullTime } from '../text/times';
import styles from './MessageRow.module.css';

interface RowFrameProps {
    /** Null for nobody. */
    authorId: string | null;
    name: string;
    at: string;
    /** Stands under the name of the row above. */
    isContinued: boolean;
    className?: string | undefined;
    children: ReactNode;
}

/** One article of the log: who and when, then what. */
export function RowFrame({ authorId, name, at, isContinued, className = '', children }: RowFrameProps) {
    const id = useId();
    const time = (
        <time className={styles.time} dateTime={at} title={fullTime(at)}>
            {clockTime(at)}
        </time>
    );
    return (
        <article
            className={`${styles.row} ${isContinued ? styles.continued : ''} ${className}`}
            aria-labelledby={id}
        >
            <div className={styles.gutter}>
                {isContinued ? time : <Avatar id={authorId ?? name} name={name} />}
            </div>
            <div className={styles.body}>
                <header className={isContinued ? 'visually-hidden' : styles.header} id={id}>
                    <span className={styles.author}>{name}</span> {!isContinued && time}
                </header>
                {children}
            </div>
        </article>
    );
}
