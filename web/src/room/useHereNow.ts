import { useEffect, useState } from 'react';
import { useChat } from '../session/Chat';

/** What Echo hands over for a presence member: the channel's `user_info`, with the id that Pusher knows them by. */
interface HereMember {
    id?: string;
    user_id?: string;
}

const nobody: ReadonlySet<string> = new Set();

/** The ids of those who have this room open right now. */
export function useHereNow(roomId: string): ReadonlySet<string> {
    const { echo } = useChat();
    const [here, setHere] = useState(nobody);

    useEffect(() => {
        const name = `chat.${roomId}`;
        const channel = echo.join(name);
        channel
            .here((members: HereMember[]) => setHere(new Set(members.flatMap(idOf))))
            .joining((member: HereMember) => setHere((ids) => new Set([...ids, ...idOf(member)])))
            .leaving((member: HereMember) => {
                const [gone] = idOf(member);
                setHere((ids) => new Set([...ids].filter((id) => id !== gone)));
            });
        return () => {
            echo.leaveChannel(`presence-${name}`);
            setHere(nobody);
        };
    }, [echo, roomId]);

    return here;
}

function idOf({ id, user_id }: HereMember): string[] {
    const known = id ?? user_id;
    return known ? [known] : [];
}
