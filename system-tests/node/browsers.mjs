// Chromium windows in which people use the web client, found by the names of CONTRACT.md, section 10.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const url = process.env.PARLEY_URL;
const screenshots = process.env.PARLEY_SCREENSHOTS;
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const places = [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const flags = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
];

function executable() {
    const onPath = process.env.PATH.split(delimiter).flatMap((folder) =>
        names.map((name) => join(folder, name)),
    );
    const found = [...onPath, ...places].find(existsSync);
    if (!found) {
        throw new Error(`none of ${names.join(', ')} is on the PATH`);
    }
    return found;
}

export async function openBrowser() {
    mkdirSync(screenshots, { recursive: true });
    return chromium.launch({ executablePath: executable(), headless: true, args: flags });
}

/** As if the suite stood behind a proxy, and each person called from elsewhere. */
function newAddress() {
    return ['10', ...randomBytes(3)].join('.');
}

/** A person with a window of their own; `complaints` gathers what the page itself found wrong. */
export async function newPerson(browser, name) {
    const context = await browser.newContext({
        baseURL: url,
        viewport: { width: 1280, height: 800 },
        extraHTTPHeaders: { 'X-Forwarded-For': newAddress() },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('response', (response) => {
        if (response.status() >= 500) {
            complaints.push(`${response.status()} ${response.url()}`);
        }
    });
    return new Person(name, page, complaints, new Diary(page));
}

/** What a page did last, for those who were not there when something went wrong. */
class Diary {
    #requests = [];
    #sayings = [];

    constructor(page) {
        const begun = new Map();
        const note = (request, outcome) =>
            push(
                this.#requests,
                `${clock()} ${request.method()} ${pathOf(request)} ${outcome} ${Date.now() - begun.get(request)} ms`,
            );
        page.on('request', (request) => begun.set(request, Date.now()));
        page.on('requestfinished', async (request) => {
            const response = await request.response().catch(() => null);
            note(request, response?.status() ?? 'without an answer');
            begun.delete(request);
        });
        page.on('requestfailed', (request) => {
            note(request, request.failure()?.errorText ?? 'failed');
            begun.delete(request);
        });
        page.on('websocket', (socket) => {
            push(this.#requests, `${clock()} socket opened`);
            socket.on('close', () => push(this.#requests, `${clock()} socket closed`));
        });
        page.on('console', (message) =>
            push(this.#sayings, `${clock()} ${message.type()}: ${message.text()}`),
        );
        page.on('pageerror', (error) => push(this.#sayings, `${clock()} ${error.stack ?? error}`));
        this.unanswered = () =>
            [...begun].map(([request, since]) => `${request.method()} ${pathOf(request)} for ${Date.now() - since} ms`);
    }

    toString() {
        return [
            'requests:',
            ...this.#requests,
            'not answered:',
            ...this.unanswered(),
            'console:',
            ...this.#sayings,
        ].join('\n    ');
    }
}

function push(list, line) {
    list.push(line);
    if (list.length > 40) {
        list.shift();
    }
}

function clock() {
    return new Date().toISOString().slice(11, 23);
}

function pathOf(request) {
    const { pathname, search } = new URL(request.url());
    return pathname + search;
}

class Person {
    constructor(name, page, complaints, diary) {
        this.name = name;
        this.diary = diary;
        this.username = `${name.toLowerCase()}.${Date.now().toString(36)}`;
        this.page = page;
        this.complaints = complaints;
    }

    async signsUp() {
        await this.page.goto('/');
        await this.page.getByRole('button', { name: 'Create account' }).click();
        await this.page.getByRole('textbox', { name: 'Username' }).fill(this.username);
        await this.page.getByRole('textbox', { name: 'Name', exact: true }).fill(this.name);
        await this.page.getByLabel('Password').fill('correct-horse-battery');
        await this.page.getByRole('button', { name: 'Create account' }).click();
        await this.page.getByRole('navigation', { name: 'Rooms' }).waitFor();
    }

    async createsRoom(name, people) {
        await this.page.getByRole('button', { name: 'New room' }).click();
        const dialog = this.page.getByRole('dialog', { name: 'New room' });
        await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
        for (const person of people) {
            await dialog.getByRole('combobox', { name: 'Add people' }).fill(person.username);
            await dialog.getByRole('option', { name: person.username }).click();
        }
        await dialog.getByRole('button', { name: 'Create' }).click();
        await this.page.getByRole('heading', { name }).waitFor();
    }

    async opensRoom(name) {
        await this.page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name }).click();
        await this.page.getByRole('heading', { name }).waitFor();
    }

    /** At the pace of somebody who looks for the keys. */
    async types(text) {
        await this.page.getByRole('textbox', { name: 'Message' }).pressSequentially(text, { delay: 120 });
    }

    async writes(text) {
        await this.page.getByRole('textbox', { name: 'Message' }).fill(text);
    }

    async says(text) {
        await this.writes(text);
        await this.page.keyboard.press('Enter');
    }

    async attaches(file) {
        const chooser = this.page.waitForEvent('filechooser');
        await this.page.getByRole('button', { name: 'Attach file' }).click();
        await (await chooser).setFiles(file);
    }

    /** Waits for the button: it takes nothing while a file is on its way. */
    async sends() {
        await this.page.getByRole('button', { name: 'Send' }).click();
    }

    article(text) {
        return this.page.getByRole('log', { name: 'Messages' }).getByRole('article').filter({ hasText: text });
    }

    async sees(text) {
        await this.article(text).first().waitFor();
    }

    async seesTyping(name) {
        await this.page.getByText(`${name} is typing…`).waitFor();
    }

    async seesNobodyTyping() {
        await this.page.getByText('is typing…').waitFor({ state: 'hidden' });
    }

    /** The picture as the browser has decoded it, once it has. */
    async seesPicture(name) {
        const picture = this.page.getByRole('log', { name: 'Messages' }).getByRole('img', { name }).first();
        await picture.waitFor();
        return picture.evaluate(async (image) => {
            await image.decode();
            return { width: image.naturalWidth, height: image.naturalHeight };
        });
    }

    /** Shows how it looked and what went before, when a test has failed. */
    async explains(test) {
        const file = `failed-${this.name}-${test.replace(/\W+/g, '-')}`;
        await this.isPhotographed(file).catch((error) => console.log(`no picture of ${this.name}: ${error}`));
        console.log(`${this.name} at ${this.page.url()}, pictured in ${file}.png\n  ${this.diary}`);
    }

    async isPhotographed(file) {
        await this.page.screenshot({ path: join(screenshots, `${file}.png`) });
    }
}
