import { describe, expect, it } from 'vitest';
import type { EchoClient } from './connect';
import { hearUser } from './roomFeeds';

/** A channel as far as feeds use one. */
class FakeChannel {
    readonly handlers = new Map<string, (event: unknown) => void>();
    private readonly onJoined: (() => void)[] = [];

    subscribed(callback: () => void): this {
        this.onJoined.push(callback);
        return this;
    }

    listen(name: string, handle: (event: unknown) => void): this {
        this.handlers.set(name, handle);
        return this;
    }

    joins(): void {
        this.onJoined.forEach((callback) => callback());
    }
}

describe("the feed of a user's own events", () => {
    it('tells of every joining, for there may be news from before', () => {
        const channels = new Map<string, FakeChannel>();
        const echo = {
            private: (name: string) => {
                const channel = new FakeChannel();
                channels.set(name, channel);
                return channel;
            },
        } as unknown as EchoClient;
        const heard: string[] = [];

        hearUser(echo, 'ada', {
            joined: () => heard.push('joined'),
            'room.added': () => heard.push('room.added'),
            'room.removed': () => heard.push('room.removed'),
            'room.read': () => heard.push('room.read'),
        });
        const channel = channels.get('user.ada');
        channel?.joins();
        channel?.handlers.get('.room.added')?.({});
        channel?.joins();

        expect(heard).toEqual(['joined', 'room.added', 'joined']);
        expect([...(channel?.handlers.keys() ?? [])]).toEqual(['.room.added', '.room.removed', '.room.read']);
    });
});
