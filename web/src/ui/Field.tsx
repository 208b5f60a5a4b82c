import { type InputHTMLAttributes, useId } from 'react';

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
    label: string;
    hint?: string | undefined;
    problem?: string | undefined;
}

/** A text box with its label, and below it what helps or what is wrong. */
export function Field({ label, hint, problem, ...input }: FieldProps) {
    const id = useId();
    const note = problem ?? hint;
    return (
        <div className="field">
            <label htmlFor={id}>{label}</label>
            <input
                {...input}
                id={id}
                className="input"
                aria-invalid={problem ? true : undefined}
                aria-describedby={note ? `${id}-note` : undefined}
            />
            {note && (
                <p id={`${id}-note`} className={problem ? 'error' : 'hint'}>
                    {note}
                </p>
            )}
        </div>
    );
}
