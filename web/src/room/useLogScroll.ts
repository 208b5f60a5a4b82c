import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

interface LogScrollInput {
    /** The first row: when it changes, something was put above. */
    firstKey: string | undefined;
    lastKey: string | undefined;
    canLoadOlder: boolean;
    loadOlder: () => void;
}

const nearPx = 48;
const loadAheadPx = 600;

/** Stays at the end while the reader is there, and where they read when older messages come in above. */
export function useLogScroll(ref: RefObject<HTMLDivElement | null>, input: LogScrollInput) {
    const { firstKey, lastKey, canLoadOlder, loadOlder } = input;
    const [isAtEnd, setAtEnd] = useState(true);
    const sticks = useRef(true);
    const fromEnd = useRef(0);

    const toEnd = useCallback(() => {
        sticks.current = true;
        ref.current?.scrollTo({ top: ref.current.scrollHeight });
    }, [ref]);

    const look = useCallback(() => {
        const log = ref.current;
        if (!log) {
            return;
        }
        fromEnd.current = log.scrollHeight - log.scrollTop;
        sticks.current = fromEnd.current - log.clientHeight < nearPx;
        setAtEnd(sticks.current);
        if (canLoadOlder && log.scrollTop < loadAheadPx) {
            loadOlder();
        }
    }, [ref, canLoadOlder, loadOlder]);

    useLayoutEffect(() => {
        if (sticks.current) {
            toEnd();
        }
    }, [lastKey, toEnd]);

    // Browsers differ in anchoring the scroll position, so this does it, and the style sheet turns theirs off.
    useLayoutEffect(() => {
        const log = ref.current;
        if (log && !sticks.current) {
            log.scrollTop = log.scrollHeight - fromEnd.current;
        }
    }, [ref, firstKey]);

    // A short page may leave room above; a picture or the keyboard may change the height.
    useEffect(() => {
        const log = ref.current;
        const content = log?.firstElementChild;
        if (!log || !content) {
            return;
        }
        const observer = new ResizeObserver(() => {
            if (sticks.current) {
                toEnd();
            }
            look();
        });
        observer.observe(log);
        observer.observe(content);
        return () => observer.disconnect();
    }, [ref, look, toEnd]);

    return { isAtEnd, onScroll: look, toEnd };
}
