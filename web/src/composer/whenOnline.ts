/** Resolves at once, or when the browser has a network again. */
export function whenOnline(): Promise<void> {
    if (navigator.onLine) {
        return Promise.resolve();
    }
    return new Promise((resolve) => {
        addEventListener('online', () => resolve(), { once: true });
    });
}
