import { useCallback, useEffect, useRef, useState } from 'react';
import { sentenceFor } from '../api/sentences';
import type { Attachment } from '../api/types';
import { useChat } from '../session/Chat';
import { newClientId } from './clientId';

export interface UploadEntry {
    key: string;
    name: string;
    size: number;
    /** Share of the bytes that have left, 0 to 1. */
    progress: number;
    done: Attachment | null;
    problem: string | null;
}

/** Files on their way to the next message. */
export function useUploads() {
    const { upload } = useChat();
    const [entries, setEntries] = useState<readonly UploadEntry[]>([]);
    const aborts = useRef(new Map<string, AbortController>());

    useEffect(() => {
        const running = aborts.current;
        return () => running.forEach((abort) => abort.abort());
    }, []);

    const change = useCallback((key: string, part: Partial<UploadEntry>) => {
        setEntries((list) => list.map((entry) => (entry.key === key ? { ...entry, ...part } : entry)));
    }, []);

    const add = (files: Iterable<File>) => {
        for (const file of files) {
            const key = newClientId();
            const abort = new AbortController();
            aborts.current.set(key, abort);
            const { name, size } = file;
            setEntries((list) => [...list, { key, name, size, progress: 0, done: null, problem: null }]);
            upload(file, { signal: abort.signal, onProgress: (progress) => change(key, { progress }) })
                .then((done) => change(key, { done, progress: 1 }))
                .catch(
                    (error: unknown) => abort.signal.aborted || change(key, { problem: sentenceFor(error) }),
                )
                .finally(() => aborts.current.delete(key));
        }
    };

    const remove = (key: string) => {
        aborts.current.get(key)?.abort();
        setEntries((list) => list.filter((entry) => entry.key !== key));
    };

    return {
        entries,
        isBusy: entries.some(({ done, problem }) => !done && !problem),
        ready: entries.flatMap(({ done }) => (done ? [done] : [])),
        add,
        remove,
        clear: () => setEntries([]),
    };
}
