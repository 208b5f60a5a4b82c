import { createContext, use } from 'react';
import type { Tokens } from '../api/http';
import type { SessionAnswer } from '../api/types';

export interface SessionActions {
    tokens: Tokens;
    signedIn: (answer: SessionAnswer) => void;
    signOut: () => void;
}

export const SessionContext = createContext<SessionActions | null>(null);

export function useSessionActions(): SessionActions {
    const actions = use(SessionContext);
    if (!actions) {
        throw new Error('useSessionActions belongs inside the SessionContext');
    }
    return actions;
}
