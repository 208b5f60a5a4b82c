import { createContext, use } from 'react';
import type { ChatApi } from '../api/chatApi';
import type { Upload } from '../api/upload';
import type { ClientConfig, User } from '../api/types';
import type { Outbox } from '../composer/outbox';
import type { PresenceBoard } from '../people/presenceBoard';
import type { Connection } from '../realtime/connectionState';
import type { EchoClient } from '../realtime/connect';
import type { RoomFeeds } from '../realtime/roomFeeds';
import type { RoomList } from '../rooms/roomList';
import type { ReadMarker } from '../room/readMarker';
import type { TypingBoard } from '../room/typingBoard';
import type { Timelines } from '../timeline/timelines';

/** All that a signed-in page works with; made at sign-in, closed at sign-out. */
export interface Chat {
    me: User;
    config: ClientConfig;
    api: ChatApi;
    upload: Upload;
    outbox: Outbox;
    timelines: Timelines;
    rooms: RoomList;
    reads: ReadMarker;
    typing: TypingBoard;
    presence: PresenceBoard;
    echo: EchoClient;
    feeds: RoomFeeds;
    connection: Connection;
    /** The members of a room are others than a moment ago. */
    membersChanged: (roomId: string) => void;
    close: () => void;
}

export const ChatContext = createContext<Chat | null>(null);

export function useChat(): Chat {
    const chat = use(ChatContext);
    if (!chat) {
        throw new Error('useChat belongs inside a signed-in page');
    }
    return chat;
}
