import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Problem } from '../api/problem';
import { sentenceFor } from '../api/sentences';
import type { User } from '../api/types';
import { ChatPage } from '../room/ChatPage';
import { Logo } from '../ui/Logo';
import { authApi } from './authApi';
import { type Chat, ChatContext } from './Chat';
import { openChat } from './openChat';
import { useSessionActions } from './SessionContext';
import styles from './SignedIn.module.css';

/** Opens the chat for this user and closes it with the page's end or the sign-out. */
export function SignedIn({ me }: { me: User }) {
    const { tokens } = useSessionActions();
    const [queries] = useState(newQueryClient);
    const [chat, setChat] = useState<Chat | null>(null);
    const [failure, setFailure] = useState<unknown>(null);
    const [attempt, setAttempt] = useState(0);
    // Later answers bring an equal user in a new object: only another person is a reason to start again.
    const [user] = useState(me);

    useEffect(() => {
        let opened: Chat | null = null;
        let gone = false;
        authApi
            .config()
            .then((config) => {
                if (!gone) {
                    opened = openChat(config, user, tokens, queries);
                    setChat(opened);
                }
            })
            .catch((error: unknown) => gone || setFailure(error));
        return () => {
            gone = true;
            opened?.close();
        };
    }, [user, tokens, queries, attempt]);

    if (failure) {
        const tryAgain = () => {
            setFailure(null);
            setAttempt(attempt + 1);
        };
        return <CannotStart error={failure} onRetry={tryAgain} />;
    }
    if (!chat) {
        return <Starting />;
    }
    return (
        <QueryClientProvider client={queries}>
            <ChatContext value={chat}>
                <ChatPage />
            </ChatContext>
        </QueryClientProvider>
    );
}

function Starting() {
    return (
        <div className={styles.center} role="status">
            <Logo className={styles.logo} />
            <span className="visually-hidden">Starting Parley</span>
        </div>
    );
}

function CannotStart({ error, onRetry }: { error: unknown; onRetry: () => void }) {
    return (
        <main className={styles.center}>
            <Logo className={styles.logo} />
            <p role="alert">{sentenceFor(error)}</p>
            <button type="button" className="button primary" onClick={onRetry}>
                Try again
            </button>
        </main>
    );
}

function newQueryClient(): QueryClient {
    return new QueryClient({
        defaultOptions: {
            queries: {
                staleTime: 60_000,
                // The socket says what changes; asking again at every glance would only be load.
                refetchOnWindowFocus: false,
                retry: (failures, error) => failures < 3 && !(error instanceof Problem && !error.isPassing),
                retryDelay: (failures, error) =>
                    (error instanceof Problem ? error.retryAfterMs : undefined) ?? 500 * 2 ** failures,
            },
        },
    });
}
