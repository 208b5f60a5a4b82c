import type { QueryClient } from '@tanstack/react-query';
import { chatApi } from '../api/chatApi';
import { authorizedHttp, type Tokens } from '../api/http';
import type { ClientConfig, Message, User } from '../api/types';
import { authorizedUpload } from '../api/upload';
import { newClientId } from '../composer/clientId';
import { keptPending, keepPending } from '../composer/keptPending';
import { Outbox } from '../composer/outbox';
import { whenOnline } from '../composer/whenOnline';
import { PresenceBoard } from '../people/presenceBoard';
import { type ChannelSignature, connectEcho } from '../realtime/connect';
import { Connection } from '../realtime/connectionState';
import { type FeedHandlers, hearUser, RoomFeeds, type UserHandlers } from '../realtime/roomFeeds';
import { ReadMarker } from '../room/readMarker';
import { TypingBoard } from '../room/typingBoard';
import { RoomList, withActivity, withoutRoom, withRead, withRoom, withUpdate } from '../rooms/roomList';
import { Timelines } from '../timeline/timelines';
import type { Chat } from './Chat';

type Parts = Pick<Chat, 'me' | 'outbox' | 'timelines' | 'rooms' | 'typing' | 'presence' | 'membersChanged'>;

/** Puts the parts of a signed-in page together. */
export function openChat(config: ClientConfig, me: User, tokens: Tokens, queries: QueryClient): Chat {
    const http = authorizedHttp(tokens, () => connection.socketId());
    const api = chatApi(http);
    const echo = connectEcho(config, (socketId, channelName) =>
        http<ChannelSignature>('/broadcasting/auth', {
            method: 'POST',
            json: { socket_id: socketId, channel_name: channelName },
        }),
    );
    const connection = new Connection(echo);
    const rooms = new RoomList(queries, api);
    const timelines = new Timelines(queries, api);
    const presence = new PresenceBoard(async (ids) => (await api.presence(ids)).data);
    const typing = new TypingBoard();
    const outbox = new Outbox({
        post: (roomId, message) => whenOnline().then(() => api.post(roomId, message)),
        onSent: (message) => take(message, { me, timelines, rooms }),
        newId: newClientId,
        initial: keptPending(me.id),
    });
    keepPending(me.id, outbox);
    outbox.start();

    const membersChanged = (roomId: string) => {
        void queries.invalidateQueries({ queryKey: ['members', roomId] });
        rooms.reload();
    };
    const parts = { me, outbox, timelines, rooms, typing, presence, membersChanged };
    const feeds = new RoomFeeds(echo, roomHandlers(parts));
    hearUser(echo, me.id, userHandlers(parts));
    refreshAfterBreaks(connection, presence);
    return {
        ...parts,
        config,
        api,
        reads: new ReadMarker(rooms, api.markRead),
        upload: authorizedUpload(tokens),
        echo,
        feeds,
        connection,
        close: () => connection.close(),
    };
}

/** What else was missed is caught up when its channel is joined again; who is online has no channel of its own. */
function refreshAfterBreaks(connection: Connection, presence: PresenceBoard): void {
    let broken = false;
    connection.subscribe(() => {
        const isConnected = connection.get() === 'connected';
        if (isConnected && broken) {
            presence.refresh();
        }
        broken = !isConnected;
    });
}

function take(message: Message, { me, timelines, rooms }: Pick<Parts, 'me' | 'timelines' | 'rooms'>): void {
    timelines.receive(message.room_id, [message]);
    rooms.change((list) => withActivity(list, message, me.id));
}

function roomHandlers(parts: Parts): FeedHandlers {
    const { me, outbox, timelines, rooms, typing, presence, membersChanged } = parts;
    return {
        joined: (roomId) => void timelines.catchUp(roomId).catch(() => undefined),
        'message.sent': ({ message }) => {
            if (message.user_id !== null) {
                typing.stopped(message.room_id, message.user_id);
            }
            outbox.settle(message);
            take(message, parts);
        },
        'message.updated': ({ message }) => timelines.receive(message.room_id, [message]),
        'message.deleted': ({ room_id, message_id }) => timelines.remove(room_id, message_id),
        'typing.started': ({ room_id, user_id }) => {
            if (user_id !== me.id) {
                typing.started(room_id, user_id);
            }
        },
        'typing.stopped': ({ room_id, user_id }) => typing.stopped(room_id, user_id),
        'user.online': ({ user_id }) => presence.set(user_id, 'online'),
        'user.offline': ({ user_id }) => presence.set(user_id, 'offline'),
        'room.updated': ({ room }) => rooms.change((list) => withUpdate(list, room)),
        'room.deleted': ({ room_id }) => drop(room_id, parts),
        'member.added': ({ room_id }) => membersChanged(room_id),
        'member.updated': ({ room_id }) => membersChanged(room_id),
        'member.removed': ({ room_id, user_id }) =>
            user_id === me.id ? drop(room_id, parts) : membersChanged(room_id),
    };
}

function userHandlers(parts: Parts): UserHandlers {
    const { rooms } = parts;
    return {
        // The list may have been asked for before this channel was heard: a room added in between is in neither.
        joined: () => rooms.reload(),
        'room.added': ({ room }) => rooms.change((list) => withRoom(list, room)),
        'room.removed': ({ room_id }) => drop(room_id, parts),
        'room.read': ({ room_id, last_read_seq }) =>
            rooms.change((list) => withRead(list, room_id, last_read_seq)),
    };
}

function drop(roomId: string, { rooms, timelines }: Parts): void {
    rooms.change((list) => withoutRoom(list, roomId));
    timelines.forget(roomId);
}
