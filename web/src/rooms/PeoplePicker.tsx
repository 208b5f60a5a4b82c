import { type KeyboardEvent, useId, useState } from 'react';
import type { User } from '../api/types';
import { Avatar } from '../people/Avatar';
import { Icon } from '../ui/Icon';
import { usePeopleSearch } from './usePeopleSearch';
import styles from './PeoplePicker.module.css';

interface PeoplePickerProps {
    label: string;
    chosen: readonly User[];
    onChange: (people: User[]) => void;
    /** With 1, choosing replaces. */
    most?: number;
}

/** A combobox that finds people by the beginning of a name and gathers them as chips. */
export function PeoplePicker({ label, chosen, onChange, most = 100 }: PeoplePickerProps) {
    const id = useId();
    const [text, setText] = useState('');
    const [active, setActive] = useState(0);
    const { people, isSearching, error } = usePeopleSearch(text, chosen);
    const isOpen = people.length > 0;
    const activeIndex = Math.min(active, people.length - 1);

    const choose = (user: User) => {
        onChange([...(most === 1 ? [] : chosen), user].slice(0, most));
        setText('');
        setActive(0);
    };
    const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
        const person = people[activeIndex];
        if (isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
            const step = event.key === 'ArrowDown' ? 1 : -1;
            setActive((activeIndex + step + people.length) % people.length);
            event.preventDefault();
        } else if (event.key === 'Enter' && text.trim()) {
            event.preventDefault();
            if (person) {
                choose(person);
            }
        } else if (event.key === 'Escape' && text) {
            event.preventDefault();
            setText('');
        } else if (event.key === 'Backspace' && !text) {
            onChange(chosen.slice(0, -1));
        }
    };

    return (
        <div className="field">
            <label htmlFor={id}>{label}</label>
            <div className={styles.box}>
                {chosen.map((user) => (
                    <Chip
                        key={user.id}
                        user={user}
                        onRemove={() => onChange(chosen.filter((other) => other.id !== user.id))}
                    />
                ))}
                <input
                    id={id}
                    className={styles.input}
                    role="combobox"
                    aria-expanded={isOpen}
                    aria-controls={`${id}-list`}
                    aria-autocomplete="list"
                    aria-activedescendant={isOpen ? `${id}-${activeIndex}` : undefined}
                    autoComplete="off"
                    placeholder={chosen.length === 0 ? 'Type a name or username' : undefined}
                    value={text}
                    onChange={(event) => setText(event.target.value)}
                    onKeyDown={onKeyDown}
                />
            </div>
            <div
                id={`${id}-list`}
                role="listbox"
                aria-label="People"
                className={styles.list}
                hidden={!isOpen}
            >
                {people.map((user, index) => (
                    <div
                        key={user.id}
                        id={`${id}-${index}`}
                        role="option"
                        aria-selected={index === activeIndex}
                        className={styles.option}
                        onMouseDown={(event) => event.preventDefault()}
                        onMouseEnter={() => setActive(index)}
                        onClick={() => choose(user)}
                    >
                        <Avatar id={user.id} name={user.name} size="small" />
                        <span className={styles.name}>{user.name}</span>
                        <span className={styles.username}>@{user.username}</span>
                    </div>
                ))}
            </div>
            <p className="hint" role="status">
                {noteFor(text, isOpen, isSearching, error)}
            </p>
        </div>
    );
}

function Chip({ user, onRemove }: { user: User; onRemove: () => void }) {
    return (
        <span className={styles.chip}>
            <Avatar id={user.id} name={user.name} size="small" />
            {user.name}
            <button
                type="button"
                className={styles.remove}
                aria-label={`Remove ${user.name}`}
                onClick={onRemove}
            >
                <Icon name="close" size={14} />
            </button>
        </span>
    );
}

function noteFor(text: string, isOpen: boolean, isSearching: boolean, error: unknown): string {
    if (!text.trim() || isOpen || isSearching) {
        return '';
    }
    return error ? 'The search did not work. Try again in a moment.' : 'Nobody by that name.';
}
