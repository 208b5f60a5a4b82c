import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChatApi } from '../api/chatApi';
import type { Room } from '../api/types';
import { RoomList, roomsKey } from '../rooms/roomList';
import { message, room } from '../testing/builders';
import { ReadMarker } from './readMarker';

const noApi = {} as ChatApi;

describe('the read marker', () => {
    let queries: QueryClient;
    let told: string[];
    let reads: ReadMarker;

    beforeEach(() => {
        vi.useFakeTimers();
        told = [];
        queries = new QueryClient();
        queries.setQueryData<Room[]>(roomsKey, [
            room('room', { last_seq: 5, last_read_seq: 2, unread_count: 3 }),
        ]);
        reads = new ReadMarker(new RoomList(queries, noApi), (id) => {
            told.push(id);
            return Promise.reject(new Error('The connection is gone.'));
        });
    });

    afterEach(() => {
        vi.useRealTimers();
    });

    it('clears the count at once and tells the server the last of a quick succession', async () => {
        [3, 4, 5].forEach((seq) => reads.readUpTo(message(seq)));
        expect(queries.getQueryData<Room[]>(roomsKey)?.[0]).toMatchObject({
            last_read_seq: 5,
            unread_count: 0,
        });
        await vi.advanceTimersByTimeAsync(1_000);
        expect(told).toEqual(['message-5']);
    });

    it('tells of each room by itself', async () => {
        reads.readUpTo(message(5));
        reads.readUpTo(message(8, { room_id: 'other' }));
        await vi.advanceTimersByTimeAsync(1_000);
        expect(told).toEqual(['message-5', 'message-8']);
    });
});
