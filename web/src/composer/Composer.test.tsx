// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Attachment } from '../api/types';
import { Problem } from '../api/problem';
import { type Chat, ChatContext } from '../session/Chat';
import { deferred } from '../testing/builders';
import { Composer } from './Composer';
import { forgetDrafts } from './drafts';
import type { Draft } from './outbox';

const picture: Attachment = {
    id: 'media-1',
    url: '/media/media-1/original/loom.png',
    file_url: '/media/media-1/original/loom.png',
    name: 'loom.png',
    file_type: 'image/png',
    file_size: 3,
    status: 'ready',
    metadata: null,
};

describe('the composer', () => {
    let sent: Draft[];
    let typing: boolean[];
    let upload: () => Promise<Attachment>;

    beforeEach(() => {
        sent = [];
        typing = [];
        upload = () => Promise.resolve(picture);
        forgetDrafts();
    });

    function open(roomId = 'room') {
        const chat = {
            outbox: { send: (draft: Draft) => sent.push(draft) },
            feeds: { whisperTyping: (_room: string, is: boolean) => typing.push(is) },
            upload: () => upload(),
            config: { limits: { message_length: 8_000 }, media: { max_file_size: 1_000 } },
        } as unknown as Chat;
        const view = render(
            <ChatContext value={chat}>
                <Composer key={roomId} roomId={roomId} title="general" />
            </ChatContext>,
        );
        return { ...view, user: userEvent.setup(), box: screen.getByRole('textbox', { name: 'Message' }) };
    }

    function chooseFile(size = 3): File {
        return new File(['x'.repeat(size)], 'loom.png', { type: 'image/png' });
    }

    function fileInput(container: HTMLElement): HTMLInputElement {
        const input = container.querySelector<HTMLInputElement>('input[type=file]');
        if (!input) {
            throw new Error('There is no file input');
        }
        return input;
    }

    it('sends with Enter, breaks the line with Shift+Enter, and is empty afterwards', async () => {
        const { user, box } = open();
        await user.type(box, 'one{Shift>}{Enter}{/Shift}two{Enter}');
        expect(sent).toEqual([{ roomId: 'room', content: 'one\ntwo', attachments: [] }]);
        expect(box).toHaveValue('');
    });

    it('sends nothing that is only space', async () => {
        const { user, box } = open();
        await user.type(box, '   {Enter}');
        expect(sent).toEqual([]);
        expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
    });

    it('tells the room once while writing, and when it ends', async () => {
        const { user, box } = open();
        await user.type(box, 'hello{Enter}');
        expect(typing).toEqual([true, false]);
    });

    it('sends a file once it is uploaded', async () => {
        const answer = deferred<Attachment>();
        upload = () => answer.promise;
        const { user, container } = open();
        await user.upload(fileInput(container), chooseFile());
        expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
        answer.resolve(picture);
        await expect.poll(() => screen.getByRole('button', { name: 'Send' })).toBeEnabled();
        await user.click(screen.getByRole('button', { name: 'Send' }));
        expect(sent).toEqual([{ roomId: 'room', content: '', attachments: [picture] }]);
        expect(screen.queryByText('loom.png')).not.toBeInTheDocument();
    });

    it('says why a file did not make it, and lets it be taken off', async () => {
        upload = () => Promise.reject(new Problem({ status: 415, code: 'unsupported_media_type' }));
        const { user, container } = open();
        await user.upload(fileInput(container), chooseFile());
        expect(await screen.findByRole('alert')).toHaveTextContent('Files of that kind cannot be sent.');
        await user.click(screen.getByRole('button', { name: 'Remove loom.png' }));
        expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    });

    it('refuses a file that is too large before it is on its way', async () => {
        upload = () => Promise.reject(new Error('The upload must not start.'));
        const { user, container } = open();
        await user.upload(fileInput(container), chooseFile(1_001));
        expect(screen.getByRole('alert')).toHaveTextContent('Too large to send: at most 1000 bytes');
    });

    it('puts an emoji where one writes', async () => {
        const { user, box } = open();
        await user.type(box, 'ab{ArrowLeft}');
        await user.click(screen.getByRole('button', { name: 'Emoji' }));
        await user.click(screen.getByRole('button', { name: 'rocket' }));
        expect(box).toHaveValue('a🚀b');
        expect(screen.queryByRole('button', { name: 'rocket' })).not.toBeInTheDocument();
    });

    it('keeps what was begun while another room is open', async () => {
        const first = open();
        await first.user.type(first.box, 'unfinished');
        first.unmount();
        const other = open('other');
        expect(other.box).toHaveValue('');
        other.unmount();
        expect(open().box).toHaveValue('unfinished');
    });
});
