import { useSyncExternalStore } from 'react';

const roomPattern = /^\/rooms\/([\w-]+)\/?$/;

export const homeHref = '/';

export function roomHref(roomId: string): string {
    return `/rooms/${roomId}`;
}

export function go(href: string): void {
    history.pushState(null, '', href);
    dispatchEvent(new PopStateEvent('popstate'));
}

/** The room that the address names. */
export function useRoomId(): string | null {
    return useSyncExternalStore(subscribe, currentRoomId);
}

/** Lets plain clicks on links within the client change the page without loading it; returns how to stop. */
export function followLocalLinks(target: Document): () => void {
    const onClick = (event: MouseEvent) => {
        const link = event.target instanceof Element ? event.target.closest('a') : null;
        const wantsOwnTab =
            event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
        if (link && !wantsOwnTab && !event.defaultPrevented && isLocal(link)) {
            event.preventDefault();
            go(link.pathname);
        }
    };
    target.addEventListener('click', onClick);
    return () => target.removeEventListener('click', onClick);
}

function isLocal({ origin, pathname, target }: HTMLAnchorElement): boolean {
    return origin === location.origin && !target && (pathname === homeHref || roomPattern.test(pathname));
}

function currentRoomId(): string | null {
    return roomPattern.exec(location.pathname)?.[1] ?? null;
}

function subscribe(listener: () => void): () => void {
    addEventListener('popstate', listener);
    return () => removeEventListener('popstate', listener);
}
