import { useState } from 'react';
import type { Attachment } from '../api/types';
import { fileSize } from '../text/sizes';
import { Icon } from '../ui/Icon';
import { fittedSize, isImage, pictureUrl } from './pictures';
import styles from './AttachmentView.module.css';

const states = { processing: 'Being checked…', ready: '', rejected: 'Refused by the virus scan' };

/** A picture inline, anything else as a card. */
export function AttachmentView({ attachment }: { attachment: Attachment }) {
    const [isBroken, setBroken] = useState(false);
    const url = pictureUrl(attachment);
    if (!isImage(attachment) || !url || isBroken) {
        return <FileCard attachment={attachment} />;
    }
    return (
        <a
            className={styles.picture}
            href={attachment.file_url ?? url}
            target="_blank"
            rel="noopener noreferrer"
        >
            <img
                src={url}
                alt={attachment.name}
                loading="lazy"
                decoding="async"
                {...fittedSize(attachment)}
                onError={() => setBroken(true)}
            />
        </a>
    );
}

function FileCard({ attachment: { name, file_size, file_url, status } }: { attachment: Attachment }) {
    const inside = (
        <>
            <span className={styles.icon}>
                <Icon name="file" size={22} />
            </span>
            <span className={styles.about}>
                <strong>{name}</strong>
                <span>{states[status] || fileSize(file_size)}</span>
            </span>
        </>
    );
    if (status !== 'ready' || !file_url) {
        return <div className={styles.card}>{inside}</div>;
    }
    return (
        <a className={styles.card} href={file_url} download={name} target="_blank" rel="noopener noreferrer">
            {inside}
        </a>
    );
}
