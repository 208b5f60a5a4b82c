import Echo from 'laravel-echo';
import Pusher from 'pusher-js';
import type { ClientConfig } from '../api/types';

export interface ChannelSignature {
    auth: string;
    channel_data?: string;
    shared_secret?: string;
}

/** Asks the server for the right to join a channel with this socket. */
export type AuthorizeChannel = (socketId: string, channelName: string) => Promise<ChannelSignature>;

export type EchoClient = Echo<'pusher'>;

export function connectEcho({ realtime }: ClientConfig, authorize: AuthorizeChannel): EchoClient {
    const port = portOf(location);
    const client = new Pusher(realtime.key, {
        // pusher-js insists on a cluster even when the host is given.
        cluster: '',
        wsHost: location.hostname,
        wsPort: port,
        wssPort: port,
        wsPath: realtime.path,
        forceTLS: location.protocol === 'https:',
        enabledTransports: ['ws', 'wss'],
        channelAuthorization: {
            // Every join asks with the token of that moment: one set at the start would end after 15 minutes.
            customHandler: ({ socketId, channelName }, callback) => {
                authorize(socketId, channelName).then(
                    (signature) => callback(null, signature),
                    (error: unknown) => callback(asError(error), null),
                );
            },
        },
    });
    return new Echo({ broadcaster: 'pusher', key: realtime.key, client });
}

function portOf({ port, protocol }: Location): number {
    return port ? Number(port) : protocol === 'https:' ? 443 : 80;
}

function asError(error: unknown): Error {
    return error instanceof Error ? error : new Error(String(error));
}
