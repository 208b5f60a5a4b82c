import { useState } from 'react';
import type { Room } from '../api/types';
import { Composer } from '../composer/Composer';
import { useMembers } from '../people/useUser';
import { useRoomFace } from '../rooms/useRooms';
import { MessageLog } from './MessageLog';
import { RoomHeader } from './RoomHeader';
import { TypingLine } from './TypingLine';

/** An open room. */
export function RoomPage({ room }: { room: Room }) {
    const face = useRoomFace(room);
    const { data: members, isPending } = useMembers(room.id);
    // Where reading starts, so that the mark of what is new stays in place while it is being read.
    const [unread] = useState({ after: room.last_read_seq ?? 0, upTo: room.last_seq ?? 0 });
    return (
        <>
            <RoomHeader room={room} face={face} members={members ?? []} />
            <MessageLog room={room} title={face.title} unread={unread} knowsMembers={!isPending} />
            <TypingLine roomId={room.id} />
            <Composer roomId={room.id} title={face.title} />
        </>
    );
}
