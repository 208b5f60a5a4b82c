// Real clients for a Java test to steer: pusher-js, Laravel Echo and Pusher's library for servers. Each line of
// standard input is a call ({call, of, do, …}), each line of standard output what became of one ({call, value} or
// {call, failure}) or what a client heard ({client, channel, event, data}). Ends when standard input does.
import { createInterface } from 'node:readline';
import { Agent } from 'node:http';
import axios from 'axios';
import AppServer from 'pusher';
import Pusher from 'pusher-js';
import { parleyEcho } from './echo.mjs';

const agent = new Agent({ keepAlive: true });
const clients = new Map();
const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

const reporter = (client) => (channel, event, data) => print({ client, channel, event, data: data ?? null });

/** The app's own server, which signs for its clients and publishes. */
function serverOf({ app, url }) {
    const { hostname, port } = new URL(url);
    return new AppServer({
        appId: app.id,
        key: app.key,
        secret: app.secret,
        encryptionMasterKeyBase64: app.masterKey,
        host: hostname,
        port,
        useTLS: false,
        agent,
    });
}

function watchConnection(pusher, report) {
    pusher.connection.bind('state_change', ({ current }) =>
        report('', current, { socket_id: pusher.connection.socket_id ?? null }),
    );
    pusher.connection.bind('error', (error) => report('', 'error', error?.error?.data ?? error?.data ?? {}));
    // Also of channels that the library subscribes to by itself, or not at all.
    pusher.bind_global((event, data) => {
        if (['pusher:signin_success', 'pusher:subscription_error'].includes(event)) report('', event, data);
    });
    // What the library does when nothing is heard for its activity timeout.
    pusher.connection.bind('connected', () =>
        pusher.connection.connection?.bind('pong', () => report('', 'pong')),
    );
    pusher.user.bind_global((event, data) => report('user', event, data));
    for (const event of ['online', 'offline']) {
        pusher.user.watchlist.bind(event, (data) => report('watchlist', event, data));
    }
}

class PusherClient {
    constructor(name, { url, app, member, user, activityTimeout }) {
        const server = serverOf({ app, url });
        const { hostname, port } = new URL(url);
        const signed = (callback, sign) => {
            try {
                callback(null, sign());
            } catch (error) {
                callback(error, null);
            }
        };
        this.report = reporter(name);
        this.pusher = new Pusher(app.key, {
            cluster: '',
            wsHost: hostname,
            wsPort: Number(port),
            forceTLS: false,
            enabledTransports: ['ws'],
            activityTimeout,
            channelAuthorization: {
                customHandler: ({ socketId, channelName }, callback) =>
                    signed(callback, () =>
                        server.authorizeChannel(
                            socketId,
                            channelName,
                            channelName.startsWith('presence-') ? member : undefined,
                        ),
                    ),
            },
            userAuthentication: {
                customHandler: ({ socketId }, callback) =>
                    signed(callback, () => server.authenticateUser(socketId, user)),
            },
        });
        watchConnection(this.pusher, this.report);
    }

    /** @param named events that are bound by name, which tells also who sent them */
    subscribe({ channel, named = [] }) {
        const subscription = this.pusher.subscribe(channel);
        subscription.bind_global((event, data) => {
            if (!named.includes(event)) this.report(channel, event, data);
        });
        for (const event of named) {
            subscription.bind(event, (data, metadata) => this.report(channel, event, { data, metadata }));
        }
    }

    unsubscribe({ channel }) {
        this.pusher.unsubscribe(channel);
    }

    trigger({ channel, event, data }) {
        return this.pusher.channel(channel).trigger(event, data);
    }

    /** A frame the library would not send by itself. */
    send({ event, data, channel }) {
        return this.pusher.send_event(event, data, channel);
    }

    signin() {
        this.pusher.signin();
    }

    members({ channel }) {
        const { members, count, myID } = this.pusher.channel(channel).members;
        return { members, count, myID };
    }

    close() {
        this.pusher.disconnect();
    }
}

class EchoClient {
    constructor(name, { url, key, token, headers }) {
        // Echo adds its interceptor to the axios of the page, and this client is a page of its own.
        this.http = axios.create({ baseURL: url, headers: { ...headers, Authorization: `Bearer ${token}` } });
        globalThis.axios = this.http;
        this.report = reporter(name);
        this.echo = parleyEcho({ url, key, token, headers });
        watchConnection(this.echo.connector.pusher, this.report);
    }

    /** @param kind `channel`, `private` or `join` */
    listen({ kind, channel, events = [], whispers = [], notification = false }) {
        const joined = this.echo[kind](channel);
        const tell = (event) => (data) => this.report(channel, event, data);
        joined.subscribed(tell('subscribed')).error(tell('error'));
        events.forEach((event) => joined.listen(event, tell(event)));
        whispers.forEach((event) => joined.listenForWhisper(event, tell(`whisper ${event}`)));
        if (notification) joined.notification(tell('notification'));
        if (kind === 'join') joined.here(tell('here')).joining(tell('joining')).leaving(tell('leaving'));
    }

    whisper({ kind, channel, event, data }) {
        this.echo[kind](channel).whisper(event, data);
    }

    leave({ channel }) {
        this.echo.leave(channel);
    }

    signin() {
        this.echo.connector.signin();
    }

    async post({ path, body }) {
        const { status, data } = await this.http.post(path, body);
        return { status, data };
    }

    close() {
        this.echo.disconnect();
    }
}

/** @param late how many seconds the server's clock is behind */
async function asServer({ url, app, method, args, late = 0 }) {
    const now = Date.now;
    let outcome;
    try {
        Date.now = () => now() - late * 1000;
        outcome = serverOf({ app, url })[method](...args);
    } finally {
        Date.now = now;
    }
    const answer = await outcome;
    return { status: answer.status, body: await answer.json() };
}

function webhook({ url, app, headers, body }) {
    const hook = serverOf({ app, url }).webhook({ headers, rawBody: body });
    return { valid: hook.isValid(), events: hook.isValid() ? hook.getEvents() : [] };
}

async function done({ of, do: what, ...more }) {
    switch (what) {
        case 'connect':
            clients.set(of, new PusherClient(of, more));
            return null;
        case 'echo':
            clients.set(of, new EchoClient(of, more));
            return null;
        case 'server':
            return asServer(more);
        case 'webhook':
            return webhook(more);
        case 'close':
            clients.get(of)?.close();
            clients.delete(of);
            return null;
        default:
            return (await clients.get(of)[what](more)) ?? null;
    }
}

const failureOf = (error) => ({ message: error.message, status: error.status ?? 0, body: error.body ?? null });

createInterface({ input: process.stdin }).on('line', async (line) => {
    const { call, ...wish } = JSON.parse(line);
    try {
        print({ call, value: await done(wish) });
    } catch (error) {
        print({ call, failure: failureOf(error) });
    }
});
process.stdin.on('end', () => process.exit(0));
