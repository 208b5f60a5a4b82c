import { send } from '../api/http';
import type { ClientConfig, SessionAnswer } from '../api/types';

export interface Credentials {
    username: string;
    password: string;
}

export const authApi = {
    config: () => send<ClientConfig>('/api/config'),

    signIn: (credentials: Credentials) =>
        send<SessionAnswer>('/api/auth/login', { method: 'POST', json: credentials }),

    register: (account: Credentials & { name: string }) =>
        send<SessionAnswer>('/api/auth/register', { method: 'POST', json: account }),

    refresh: (refreshToken: string) =>
        send<SessionAnswer>('/api/auth/refresh', { method: 'POST', json: { refresh_token: refreshToken } }),

    signOut: (refreshToken: string) =>
        send<undefined>('/api/auth/logout', { method: 'POST', json: { refresh_token: refreshToken } }),
};
