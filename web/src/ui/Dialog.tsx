import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Icon } from './Icon';
import styles from './Dialog.module.css';

interface DialogProps {
    title: string;
    onClose: () => void;
    children: ReactNode;
}

/** A modal dialog; the browser keeps the focus inside and gives it back. */
export function Dialog({ title, onClose, children }: DialogProps) {
    const ref = useRef<HTMLDialogElement>(null);
    const titleId = useId();

    useEffect(() => {
        const dialog = ref.current;
        dialog?.showModal();
        return () => dialog?.close();
    }, []);

    return (
        <dialog ref={ref} className={styles.dialog} aria-labelledby={titleId} onCancel={onClose}>
            <header className={styles.header}>
                <h2 id={titleId} className={styles.title}>
                    {title}
                </h2>
                <button type="button" className="icon-button" aria-label="Close" onClick={onClose}>
                    <Icon name="close" />
                </button>
            </header>
            {children}
        </dialog>
    );
}
