// Two people in two windows: they sign up, share a room, see each other type and talk, and exchange a picture.
import assert from 'node:assert/strict';
import { after, before, test as plainTest } from 'node:test';
import { newPerson, openBrowser } from './browsers.mjs';
import { picture } from './picture.mjs';

const room = `Balcony ${Date.now().toString(36)}`;
let browser;
let anna;
let bert;

/** A test that leaves something to look at if it fails. */
function test(name, steps) {
    plainTest(name, async () => {
        try {
            await steps();
        } catch (failure) {
            await anna?.explains(name);
            await bert?.explains(name);
            throw failure;
        }
    });
}

before(async () => {
    browser = await openBrowser();
    anna = await newPerson(browser, 'Anna');
    bert = await newPerson(browser, 'Bert');
});

after(async () => {
    await browser?.close();
});

test('two people sign up and share a room', async () => {
    await anna.page.goto('/');
    await anna.page.getByRole('button', { name: 'Sign in' }).first().waitFor();
    await anna.isPhotographed('1-sign-in');
    await bert.signsUp();
    await anna.signsUp();

    await anna.createsRoom(room, [bert]);

    await bert.opensRoom(room);
    await bert.isPhotographed('2-empty-room');
});

test('they see each other type and talk', async () => {
    const typing = anna.types('Is anyone out here on the balcony tonight');
    await bert.seesTyping('Anna');
    await bert.isPhotographed('3-typing');
    await typing;
    await anna.says('Is anyone out here?');
    await bert.sees('Is anyone out here?');
    await bert.seesNobodyTyping();

    const answering = bert.types('Yes, I am, over here by the door');
    await anna.seesTyping('Bert');
    await answering;
    await bert.says('Yes, and it is <b>lovely</b> & warm 🌞');
    await anna.sees('Yes, and it is <b>lovely</b> & warm 🌞');
});

test('they exchange a picture', async () => {
    const sunset = picture({ name: 'sunset.png', width: 320, height: 200 });

    await anna.attaches(sunset);
    await anna.page.getByRole('button', { name: 'Remove sunset.png' }).waitFor();
    await anna.writes('Look at that');
    await anna.sends();

    await bert.sees('Look at that');
    const seen = await bert.seesPicture('sunset.png');
    assert.equal(seen.width / seen.height, 320 / 200);
    await bert.isPhotographed('4-picture');
    await anna.isPhotographed('5-picture-sent');
});

test('everything is still there after a reload, once and in order', async () => {
    await bert.page.reload();
    await bert.sees('Look at that');

    const said = await bert.page.getByRole('log', { name: 'Messages' }).getByRole('article').allInnerTexts();
    const places = ['Is anyone out here?', 'Yes, and it is', 'Look at that'].map((text) =>
        said.flatMap((article, index) => (article.includes(text) ? [index] : [])),
    );
    assert.deepEqual(places, [[0], [1], [2]]);
});

test('the pages found nothing wrong', () => {
    assert.deepEqual([...anna.complaints, ...bert.complaints], []);
});
