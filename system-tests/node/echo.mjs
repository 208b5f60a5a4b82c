// How a front end sets Laravel Echo up for Parley; docs/realtime.md quotes it.
import Echo from 'laravel-echo';
import Pusher from 'pusher-js';

export function parleyEcho({ url, key, token, headers = {} }) {
    const { hostname, port, protocol } = new URL(url);
    return new Echo({
        broadcaster: 'pusher',
        Pusher,
        key,
        cluster: '',
        wsHost: hostname,
        wsPort: Number(port) || 80,
        wssPort: Number(port) || 443,
        forceTLS: protocol === 'https:',
        enabledTransports: ['ws', 'wss'],
        authEndpoint: `${url}/broadcasting/auth`,
        userAuthentication: { endpoint: `${url}/broadcasting/user-auth`, headers },
        auth: { headers },
        bearerToken: token,
    });
}
