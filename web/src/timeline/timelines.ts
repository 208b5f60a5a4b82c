import type { QueryClient } from '@tanstack/react-query';
import type { ChatApi } from '../api/chatApi';
import type { Message } from '../api/types';
import {
    firstSeq,
    gaps,
    lastSeq,
    type Timeline,
    timelineFrom,
    withDeleted,
    withMessages,
    withOlder,
} from './timeline';

export function timelineKey(roomId: string) {
    return ['timeline', roomId] as const;
}

/** Beyond this many pages it is quicker to start anew from the newest messages. */
const mostPagesToCatchUp = 8;

/** The histories that this page holds, and how they keep up with the server. */
export class Timelines {
    private readonly queries: QueryClient;
    private readonly api: ChatApi;
    private readonly catchingUp = new Map<string, Promise<void>>();
    private readonly reachingBack = new Map<string, Promise<void>>();
    /** What is heard while the first page of a room is on its way. */
    private readonly arriving = new Map<string, Message[]>();
    /** Gaps that the server has confirmed, by room: they are not asked for again. */
    private readonly confirmedGaps = new Map<string, Set<number>>();

    constructor(queries: QueryClient, api: ChatApi) {
        this.queries = queries;
        this.api = api;
    }

    async loadNewest(roomId: string): Promise<Timeline> {
        const arrived: Message[] = [];
        this.arriving.set(roomId, arrived);
        try {
            const page = await this.api.history(roomId, { newest: true });
            return withMessages(timelineFrom(page), arrived);
        } finally {
            this.arriving.delete(roomId);
        }
    }

    /** Fetches the page before what is held; while one is on its way, asking again changes nothing. */
    loadOlder(roomId: string): Promise<void> {
        const held = this.held(roomId);
        const before = held && firstSeq(held);
        if (before === undefined || !held?.hasBefore) {
            return Promise.resolve();
        }
        return once(this.reachingBack, roomId, async () => {
            const page = await this.api.history(roomId, { before });
            this.change(roomId, (timeline) => withOlder(timeline, page));
        });
    }

    /** Takes in live messages of a room; what they show to be missing is fetched. */
    receive(roomId: string, messages: readonly Message[]): void {
        this.arriving.get(roomId)?.push(...messages);
        this.change(roomId, (timeline) => withMessages(timeline, messages));
        this.fillGap(roomId);
    }

    remove(roomId: string, messageId: string): void {
        this.change(roomId, (timeline) => withDeleted(timeline, messageId, new Date().toISOString()));
    }

    forget(roomId: string): void {
        this.queries.removeQueries({ queryKey: timelineKey(roomId) });
        this.confirmedGaps.delete(roomId);
    }

    /** Fetches what was said since the last message held. */
    catchUp(roomId: string): Promise<void> {
        const held = this.held(roomId);
        return held ? this.fetchAfter(roomId, this.openGap(roomId) ?? lastSeq(held)) : Promise.resolve();
    }

    private fillGap(roomId: string): void {
        const gap = this.openGap(roomId);
        if (gap !== undefined) {
            // If this fails, the next message or reconnect tries again.
            this.fetchAfter(roomId, gap).catch(() => undefined);
        }
    }

    private openGap(roomId: string): number | undefined {
        const held = this.held(roomId);
        return held && gaps(held).find((gap) => !this.confirmedGaps.get(roomId)?.has(gap));
    }

    private fetchAfter(roomId: string, after: number): Promise<void> {
        const fetching = once(this.catchingUp, roomId, () => this.fetchPages(roomId, after));
        // What came meanwhile may have shown another gap.
        return fetching.then(() => this.fillGap(roomId));
    }

    private async fetchPages(roomId: string, start: number): Promise<void> {
        let after = start;
        for (let pages = 0; pages < mostPagesToCatchUp; pages++) {
            const page = await this.api.history(roomId, { after });
            this.change(roomId, (timeline) => withMessages(timeline, page.data));
            this.confirmGap(roomId, after);
            if (!page.has_after || page.data.length === 0) {
                return;
            }
            after = page.data.at(-1)?.seq ?? after;
        }
        const newest = await this.api.history(roomId, { newest: true });
        this.change(roomId, () => timelineFrom(newest));
    }

    private confirmGap(roomId: string, after: number): void {
        const held = this.held(roomId);
        if (held && gaps(held).includes(after)) {
            const confirmed = this.confirmedGaps.get(roomId) ?? new Set<number>();
            this.confirmedGaps.set(roomId, confirmed.add(after));
        }
    }

    private held(roomId: string): Timeline | undefined {
        return this.queries.getQueryData<Timeline>(timelineKey(roomId));
    }

    private change(roomId: string, change: (timeline: Timeline) => Timeline): void {
        this.queries.setQueryData<Timeline>(timelineKey(roomId), (held) => {
            // A room that nobody has opened yet is loaded when it is.
            return held ? change(held) : undefined;
        });
    }
}

/** Runs the work unless it is already running for this room. */
function once(running: Map<string, Promise<void>>, roomId: string, work: () => Promise<void>): Promise<void> {
    const begun = running.get(roomId);
    if (begun) {
        return begun;
    }
    const promise = work().finally(() => running.delete(roomId));
    running.set(roomId, promise);
    return promise;
}
