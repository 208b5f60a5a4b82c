// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionAnswer } from '../api/types';
import { sessionAnswer } from '../testing/builders';
import { SessionContext } from './SessionContext';
import { SignInPage } from './SignInPage';

interface Asked {
    path: string;
    body: unknown;
}

describe('the sign-in page', () => {
    let asked: Asked[];
    let entered: SessionAnswer[];
    let answer: () => Response;

    beforeEach(() => {
        asked = [];
        entered = [];
        answer = () => Response.json(sessionAnswer('1'));
        vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
            asked.push({ path, body: JSON.parse(init.body as string) });
            return Promise.resolve(answer());
        });
        const tokens = {
            current: () => Promise.reject(new Error()),
            replace: () => Promise.reject(new Error()),
        };
        render(
            <SessionContext
                value={{ tokens, signedIn: (session) => entered.push(session), signOut: () => undefined }}
            >
                <SignInPage />
            </SessionContext>,
        );
    });

    afterEach(() => {
        vi.unstubAllGlobals();
    });

    function refuseWith(status: number, problem: object): void {
        answer = () =>
            Response.json(problem, { status, headers: { 'Content-Type': 'application/problem+json' } });
    }

    async function fill(texts: Record<string, string>): Promise<void> {
        for (const [label, text] of Object.entries(texts)) {
            await userEvent.type(screen.getByLabelText(label), text);
        }
    }

    const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

    it('signs in', async () => {
        await fill({ Username: 'ada ', Password: 'correct-horse-battery' });
        await press('Sign in');
        expect(asked).toEqual([
            { path: '/api/auth/login', body: { username: 'ada', password: 'correct-horse-battery' } },
        ]);
        await expect.poll(() => entered).toEqual([sessionAnswer('1')]);
    });

    it('creates an account, keeping what was typed before', async () => {
        await fill({ Username: 'ada' });
        await press('Create account');
        await fill({ Name: 'Ada Lovelace', Password: 'correct-horse-battery' });
        await press('Create account');
        expect(asked).toEqual([
            {
                path: '/api/auth/register',
                body: { username: 'ada', name: 'Ada Lovelace', password: 'correct-horse-battery' },
            },
        ]);
        await expect.poll(() => entered).toHaveLength(1);
    });

    it('says in a sentence that the password is wrong, and can be tried again', async () => {
        refuseWith(401, { status: 401, code: 'invalid_credentials', detail: 'x' });
        await fill({ Username: 'ada', Password: 'wrong-horse-battery' });
        await press('Sign in');
        expect(await screen.findByRole('alert')).toHaveTextContent(
            'That username and password do not match.',
        );
        expect(screen.getByRole('button', { name: 'Sign in' })).toBeEnabled();
        expect(entered).toEqual([]);
    });

    it('shows what is wrong at the field it is about', async () => {
        await press('Create account');
        const wrong = { field: 'username', code: 'pattern', message: 'Letters and digits only.' };
        refuseWith(422, { status: 422, code: 'validation_failed', errors: [wrong] });
        await fill({ Username: 'a b c', Name: 'A', Password: 'correct-horse-battery' });
        await press('Create account');
        await expect
            .poll(() => screen.getByLabelText('Username'))
            .toHaveAccessibleDescription('Letters and digits only.');
        expect(screen.getByLabelText('Username')).toBeInvalid();
        expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    });
});
