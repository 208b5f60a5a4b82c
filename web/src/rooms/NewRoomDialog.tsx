import { useState } from 'react';
import { Problem } from '../api/problem';
import { sentenceFor } from '../api/sentences';
import type { User } from '../api/types';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { PeoplePicker } from './PeoplePicker';
import { TypeChoice } from './TypeChoice';
import { useCreateRoom } from './useOpenRoom';
import styles from './dialogs.module.css';

export function NewRoomDialog({ onClose }: { onClose: () => void }) {
    const [name, setName] = useState('');
    const [type, setType] = useState<'group' | 'public'>('group');
    const [people, setPeople] = useState<User[]>([]);
    const create = useCreateRoom(onClose);
    const nameProblem =
        create.error instanceof Problem
            ? create.error.fields.find(({ field }) => field === 'name')?.message
            : undefined;

    return (
        <Dialog title="New room" onClose={onClose}>
            <form
                className={styles.form}
                onSubmit={(event) => {
                    event.preventDefault();
                    create.mutate({ name: name.trim(), type, member_ids: people.map(({ id }) => id) });
                }}
            >
                <Field
                    label="Name"
                    value={name}
                    onChange={(event) => setName(event.target.value)}
                    maxLength={80}
                    placeholder="What is it about?"
                    autoComplete="off"
                    required
                    problem={nameProblem}
                />
                <TypeChoice value={type} onChange={setType} />
                <PeoplePicker label="Add people" chosen={people} onChange={setPeople} />
                {create.error && !nameProblem && (
                    <p className="error-box" role="alert">
                        {sentenceFor(create.error)}
                    </p>
                )}
                <div className={styles.buttons}>
                    <button type="button" className="button quiet" onClick={onClose}>
                        Cancel
                    </button>
                    <button
                        type="submit"
                        className="button primary"
                        disabled={!name.trim() || create.isPending}
                    >
                        Create
                    </button>
                </div>
            </form>
        </Dialog>
    );
}
