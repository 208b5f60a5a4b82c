import { expect, it } from 'vitest';
import { grace, message } from '../testing/builders';
import { nameOf } from './nameOf';

it('names the author', () => {
    expect(nameOf(message(1, { user_id: grace.id }), grace)).toBe(grace.name);
});

it('leaves the place of one who is not known yet', () => {
    expect(nameOf(message(1, { user_id: grace.id }), undefined)).toBe('…');
});

it('says that nobody wrote a system message', () => {
    expect(nameOf(message(1, { user_id: null, type: 'system' }), undefined)).toBe('System');
});
