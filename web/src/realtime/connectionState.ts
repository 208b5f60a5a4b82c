import { useSyncExternalStore } from 'react';
import type { EchoClient } from './connect';

export type ConnectionState = 'connecting' | 'connected' | 'reconnecting' | 'offline';

interface StateChange {
    previous: string;
    current: string;
}

// pusher-js gives up for good on close codes 4001–4099, such as a server that is being set up anew.
const secondChanceMs = 10_000;

/** The state of the socket as a person would put it. */
export class Connection {
    private state: ConnectionState = navigator.onLine ? 'connecting' : 'offline';
    private wasConnected = false;
    private readonly listeners = new Set<() => void>();
    private readonly echo: EchoClient;
    private closed = false;

    constructor(echo: EchoClient) {
        this.echo = echo;
        this.socket.bind('state_change', this.onStateChange);
        addEventListener('online', this.update);
        addEventListener('offline', this.update);
    }

    readonly get = (): ConnectionState => this.state;

    readonly subscribe = (listener: () => void): (() => void) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    };

    /** Undefined until the server has greeted. */
    socketId(): string | undefined {
        return this.echo.socketId();
    }

    close(): void {
        this.closed = true;
        removeEventListener('online', this.update);
        removeEventListener('offline', this.update);
        this.socket.unbind('state_change', this.onStateChange);
        this.echo.disconnect();
    }

    private get socket() {
        return this.echo.connector.pusher.connection;
    }

    private readonly onStateChange = ({ current }: StateChange): void => {
        if (current === 'disconnected' || current === 'failed') {
            setTimeout(() => {
                if (!this.closed && this.socket.state === current) {
                    this.echo.connector.pusher.connect();
                }
            }, secondChanceMs);
        }
        this.update();
    };

    private readonly update = (): void => {
        const next = this.judge();
        this.wasConnected ||= next === 'connected';
        if (next !== this.state) {
            this.state = next;
            this.listeners.forEach((listener) => listener());
        }
    };

    private judge(): ConnectionState {
        if (!navigator.onLine) {
            return 'offline';
        }
        if (this.socket.state === 'connected') {
            return 'connected';
        }
        return this.wasConnected || this.socket.state === 'unavailable' ? 'reconnecting' : 'connecting';
    }
}

export function useConnectionState(connection: Connection): ConnectionState {
    return useSyncExternalStore(connection.subscribe, connection.get);
}
