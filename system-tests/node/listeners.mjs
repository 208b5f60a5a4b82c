// Real pusher-js clients behind Laravel Echo, for a Java test to watch: each line of standard output is one thing
// that one of them heard or did. Ends when standard input does.
//
//   node listeners.mjs '{"url": "http://localhost:8080", "room": "…", "people": [{"id": "…", "token": "…", "address": "10.0.0.1"}]}'
import Echo from 'laravel-echo';
import Pusher from 'pusher-js';

const { url, room, people } = JSON.parse(process.argv[2]);
const { hostname, port } = new URL(url);
const { realtime } = await (await fetch(`${url}/api/config`)).json();

function listen({ id, token, address }, listener) {
    const headers = { Authorization: `Bearer ${token}`, 'X-Forwarded-For': address };
    const report = (what, more = {}) =>
        process.stdout.write(`${JSON.stringify({ listener, what, ...more })}\n`);
    const pusher = new Pusher(realtime.key, {
        cluster: '',
        wsHost: hostname,
        wsPort: Number(port),
        forceTLS: false,
        enabledTransports: ['ws'],
        channelAuthorization: {
            endpoint: `${url}/broadcasting/auth`,
            transport: 'ajax',
            headers,
        },
    });
    const history = new History(headers, (message) => report('fetched', summaryOf(message)));
    pusher.connection.bind('state_change', ({ current }) => report(current));

    const echo = new Echo({ broadcaster: 'pusher', key: realtime.key, client: pusher });
    const chat = echo.private(`chat.${room}`);
    for (const event of ['message.updated', 'message.deleted', 'reaction.added', 'reaction.removed']) {
        chat.listen(`.${event}`, (data) => report('event', { event, data }));
    }
    echo.private(`user.${id}`)
        .listen('.mention', (data) => report('event', { event: 'mention', data }))
        .subscribed(() => report('reachable'))
        .error(() => setTimeout(() => pusher.subscribe(`private-user.${id}`), 500));
    chat.listen('.message.sent', ({ message }) => {
            history.heard(message);
            report('heard', summaryOf(message));
        })
        .subscribed(() => {
            report('subscribed');
            history.catchUp();
        })
        .error((error) => {
            report('refused', { error });
            // A server that was just restarted may refuse for want of the service it asks; a page would try again too.
            setTimeout(() => pusher.subscribe(`private-chat.${room}`), 500);
        });
}

// What CONTRACT.md asks of a client that was cut off: after a reconnect it asks for `?after=LAST_SEQ`.
class History {
    #headers;
    #fetched;
    #seqs = new Set();
    #whole = 0;
    #running = false;

    constructor(headers, fetched) {
        this.#headers = headers;
        this.#fetched = fetched;
    }

    heard({ seq }) {
        this.#seqs.add(seq);
        this.#grow();
        // 43 after 41: something was missed that no reconnect told of.
        if (seq > this.#whole && !this.#running) {
            this.#running = true;
            setTimeout(() => {
                this.#running = false;
                if (Math.max(...this.#seqs) > this.#whole) {
                    void this.catchUp();
                }
            }, 1000);
        }
    }

    async catchUp() {
        for (let more = true; more; ) {
            const page = await this.#after(this.#whole).catch(() => null);
            if (page === null) {
                await new Promise((resolve) => setTimeout(resolve, 500));
                continue;
            }
            for (const message of page.data) {
                if (!this.#seqs.has(message.seq)) {
                    this.#seqs.add(message.seq);
                    this.#fetched(message);
                }
            }
            this.#grow();
            more = page.has_after;
        }
    }

    // The seqs up to which nothing is missing.
    #grow() {
        while (this.#seqs.has(this.#whole + 1)) {
            this.#whole++;
        }
    }

    async #after(seq) {
        const answer = await fetch(`${url}/api/chat/rooms/${room}/messages?after=${seq}&limit=100`, {
            headers: this.#headers,
        });
        return answer.ok ? answer.json() : null;
    }
}

function summaryOf({ id, seq, content }) {
    return { id, seq, content };
}

people.forEach(listen);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
