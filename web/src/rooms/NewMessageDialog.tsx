import { useState } from 'react';
import { sentenceFor } from '../api/sentences';
import type { User } from '../api/types';
import { Dialog } from '../ui/Dialog';
import { PeoplePicker } from './PeoplePicker';
import { useCreateRoom } from './useOpenRoom';
import styles from './dialogs.module.css';

export function NewMessageDialog({ onClose }: { onClose: () => void }) {
    const [people, setPeople] = useState<User[]>([]);
    const create = useCreateRoom(onClose);
    const [partner] = people;

    return (
        <Dialog title="New message" onClose={onClose}>
            <form
                className={styles.form}
                onSubmit={(event) => {
                    event.preventDefault();
                    if (partner) {
                        create.mutate({ type: 'private', member_ids: [partner.id] });
                    }
                }}
            >
                <PeoplePicker label="To" chosen={people} onChange={setPeople} most={1} />
                {create.error && (
                    <p className="error-box" role="alert">
                        {sentenceFor(create.error)}
                    </p>
                )}
                <div className={styles.buttons}>
                    <button type="button" className="button quiet" onClick={onClose}>
                        Cancel
                    </button>
                    <button type="submit" className="button primary" disabled={!partner || create.isPending}>
                        Start
                    </button>
                </div>
            </form>
        </Dialog>
    );
}
