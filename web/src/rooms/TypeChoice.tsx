import { useId } from 'react';
import { Icon } from '../ui/Icon';
import styles from './dialogs.module.css';

type Type = 'group' | 'public';

const types = [
    { value: 'group', label: 'Group', note: 'Only people who are added', icon: 'lock' },
    { value: 'public', label: 'Public', note: 'Everyone here can find it and join', icon: 'hash' },
] as const;

export function TypeChoice({ value, onChange }: { value: Type; onChange: (type: Type) => void }) {
    const id = useId();
    return (
        <div className="field" role="radiogroup" aria-labelledby={id}>
            <span id={id} className="field-label">
                Type
            </span>
            <div className={styles.types}>
                {types.map((type) => (
                    <label key={type.value} className={styles.type}>
                        <input
                            type="radio"
                            name={id}
                            className="visually-hidden"
                            checked={value === type.value}
                            onChange={() => onChange(type.value)}
                            aria-label={type.label}
                            aria-describedby={`${id}-${type.value}`}
                        />
                        <Icon name={type.icon} />
                        <span>
                            <span className={styles.typeLabel}>{type.label}</span>
                            <span id={`${id}-${type.value}`} className="hint">
                                {type.note}
                            </span>
                        </span>
                    </label>
                ))}
            </div>
        </div>
    );
}
