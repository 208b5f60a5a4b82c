import { useState } from 'react';
import { Problem } from '../api/problem';
import { sentenceFor } from '../api/sentences';
import { Field } from '../ui/Field';
import { Logo } from '../ui/Logo';
import { authApi } from './authApi';
import { useSessionActions } from './SessionContext';
import styles from './SignInPage.module.css';

type Mode = 'signIn' | 'register';

const texts = {
    signIn: { title: 'Welcome back', submit: 'Sign in', question: 'New here?' },
    register: { title: 'Create your account', submit: 'Create account', question: 'Have an account?' },
};

export function SignInPage({ wasEnded = false }: { wasEnded?: boolean }) {
    const { signedIn } = useSessionActions();
    const [mode, setMode] = useState<Mode>('signIn');
    const [busy, setBusy] = useState(false);
    const [error, setError] = useState<unknown>(null);
    const { title, submit, question } = texts[mode];
    const isNew = mode === 'register';
    const fieldProblem = (name: string) =>
        error instanceof Problem ? error.fields.find(({ field }) => field === name)?.message : undefined;

    const enter = async (form: FormData) => {
        setBusy(true);
        setError(null);
        const username = text(form, 'username').trim();
        const password = text(form, 'password');
        try {
            signedIn(
                isNew
                    ? await authApi.register({ username, name: text(form, 'name').trim(), password })
                    : await authApi.signIn({ username, password }),
            );
        } catch (failure) {
            setError(failure);
            setBusy(false);
        }
    };

    const switchMode = (next: Mode) => {
        setMode(next);
        setError(null);
    };

    return (
        <main className={styles.page}>
            <div className={styles.card}>
                <Logo className={styles.logo} />
                <h1 className={styles.title}>{title}</h1>
                <p className={styles.lead}>Parley is where your team talks, on your own machines.</p>
                {wasEnded && (
                    <p className={styles.notice} role="status">
                        Your session has ended. Sign in again to go on.
                    </p>
                )}
                <form
                    className={styles.form}
                    onSubmit={(event) => {
                        event.preventDefault();
                        void enter(new FormData(event.currentTarget));
                    }}
                >
                    <Field
                        label="Username"
                        name="username"
                        autoComplete="username"
                        autoCapitalize="none"
                        spellCheck={false}
                        required
                        hint={isNew ? '3 to 32 letters, digits, dots, dashes or underscores' : undefined}
                        problem={fieldProblem('username')}
                    />
                    {isNew && (
                        <Field
                            label="Name"
                            name="name"
                            autoComplete="name"
                            maxLength={80}
                            required
                            problem={fieldProblem('name')}
                        />
                    )}
                    <Field
                        label="Password"
                        name="password"
                        type="password"
                        autoComplete={isNew ? 'new-password' : 'current-password'}
                        minLength={isNew ? 10 : undefined}
                        maxLength={128}
                        required
                        hint={isNew ? 'At least 10 characters; a few words make a good one' : undefined}
                        problem={fieldProblem('password')}
                    />
                    {error !== null && !isShownAtField(error) && (
                        <p className="error-box" role="alert">
                            {sentenceFor(error)}
                        </p>
                    )}
                    <button type="submit" className="button primary" disabled={busy}>
                        {submit}
                    </button>
                </form>
                <p className={styles.other}>
                    {question}{' '}
                    <button
                        type="button"
                        className="link-button"
                        onClick={() => switchMode(isNew ? 'signIn' : 'register')}
                    >
                        {isNew ? texts.signIn.submit : texts.register.submit}
                    </button>
                </p>
            </div>
        </main>
    );
}

function isShownAtField(error: unknown): boolean {
    const shown = ['username', 'name', 'password'];
    return error instanceof Problem && error.fields.some(({ field }) => shown.includes(field));
}

function text(form: FormData, name: string): string {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
}
