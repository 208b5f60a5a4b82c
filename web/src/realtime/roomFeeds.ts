import type { EchoClient } from './connect';
import type { Handlers, RoomEvents, UserEvents } from './events';

export interface FeedHandlers extends Handlers<RoomEvents> {
    /** The channel is joined, for the first time or again after a break: there may be news from before. */
    joined: (roomId: string) => void;
}

/** Keeps this client on the channels of exactly the rooms it should hear. */
export class RoomFeeds {
    private readonly echo: EchoClient;
    private readonly handlers: FeedHandlers;
    private readonly heard = new Set<string>();

    constructor(echo: EchoClient, handlers: FeedHandlers) {
        this.echo = echo;
        this.handlers = handlers;
    }

    hear(roomIds: readonly string[]): void {
        const wanted = new Set(roomIds);
        this.heard.forEach((roomId) => wanted.has(roomId) || this.leave(roomId));
        wanted.forEach((roomId) => this.heard.has(roomId) || this.join(roomId));
    }

    /** Tells the room's members whether this user is writing. */
    whisperTyping(roomId: string, typing: boolean): void {
        if (this.heard.has(roomId)) {
            this.echo.private(`chat.${roomId}`).whisper('typing', { typing });
        }
    }

    private join(roomId: string): void {
        const { joined, ...handlers } = this.handlers;
        const channel = this.echo.private(`chat.${roomId}`);
        channel.subscribed(() => joined(roomId));
        for (const [name, handle] of Object.entries(handlers)) {
            channel.listen(`.${name}`, handle);
        }
        this.heard.add(roomId);
    }

    private leave(roomId: string): void {
        this.echo.leaveChannel(`private-chat.${roomId}`);
        this.heard.delete(roomId);
    }
}

export interface UserHandlers extends Handlers<UserEvents> {
    /** The channel is joined, for the first time or again after a break: there may be news from before. */
    joined: () => void;
}

export function hearUser(echo: EchoClient, userId: string, { joined, ...handlers }: UserHandlers): void {
    const channel = echo.private(`user.${userId}`);
    channel.subscribed(joined);
    for (const [name, handle] of Object.entries(handlers)) {
        channel.listen(`.${name}`, handle);
    }
}
