import './ui/base.css';
import './ui/controls.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { followLocalLinks } from './routing/route';
import { authApi } from './session/authApi';
import { SessionStore } from './session/sessionStore';
import { TokenKeeper } from './session/tokenKeeper';

const store = new SessionStore(localStorage);
store.follow(window);
followLocalLinks(document);
const tokens = new TokenKeeper(store, authApi.refresh);

const root = document.getElementById('root');
if (root) {
    createRoot(root).render(
        <StrictMode>
            <App store={store} tokens={tokens} />
        </StrictMode>,
    );
}
