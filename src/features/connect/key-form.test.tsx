import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { forgetKey, readKey } from '@/connections/keyring';
import { DEFAULT_QUERY } from '@/domain/asset-query';
import { COMFY_URL, comfyConnection, comfyProvider, pretendNetwork } from '@/testing/pretend-network';
import { renderWithClient } from '@/testing/render';

import KeyForm from './key-form';

const network = pretendNetwork();
const connection = comfyConnection();
const KEY = 'comfyui-secret-canary';

afterEach(() => {
  forgetKey('cloud');
  sessionStorage.clear();
});

async function open(refused: unknown = null) {
  const onSaved = vi.fn();
  const rendered = renderWithClient(
    <KeyForm connection={connection} refused={refused} onSaved={onSaved} onAddConnection={vi.fn()} />,
  );
  return { ...rendered, onSaved, field: await screen.findByLabelText('API key') };
}

describe('the key form', () => {
  it('takes a pasted key without the spaces around it, on Enter', async () => {
    const { user, field, onSaved } = await open();
    await user.click(field);
    await user.paste(`  ${KEY}\n`);
    await user.keyboard('{Enter}');
    expect(readKey('cloud')).toBe(KEY);
    expect(onSaved).toHaveBeenCalledOnce();
    expect(field).toHaveValue('');
  });

  it('takes a typed key with its button', async () => {
    const { user, field, onSaved } = await open();
    await user.type(field, KEY);
    await user.click(screen.getByRole('button', { name: 'Connect' }));
    expect(readKey('cloud')).toBe(KEY);
    expect(onSaved).toHaveBeenCalledOnce();
  });

  it('does not take blanks for a key', async () => {
    const { user, field, onSaved } = await open();
    await user.type(field, '   {Enter}');
    expect(readKey('cloud')).toBeNull();
    expect(onSaved).not.toHaveBeenCalled();
  });

  it('keeps the key in memory only, unless asked to keep it for the tab', async () => {
    const { user, field } = await open();
    await user.type(field, `${KEY}{Enter}`);
    expect(sessionStorage.length).toBe(0);
    await user.click(screen.getByRole('radio', { name: /keep for this tab/i }));
    await user.type(field, `${KEY}{Enter}`);
    expect(Object.values(sessionStorage)).toEqual([KEY]);
    expect(localStorage.length).toBe(0);
  });

  it.each([
    ['spaces', 'comfyui secret', 'A key has no spaces or line breaks inside'],
    ['other letters', 'comfyui-sécret', 'This has characters that no key has'],
  ])('keeps a key with %s inside to itself, says why, and waits for another', async (_what, wrong, says) => {
    const { user, field, onSaved } = await open();
    await user.click(field);
    await user.paste(wrong);
    await user.keyboard('{Enter}');
    expect(screen.getByRole('alert')).toHaveTextContent(says);
    expect(field).toHaveAccessibleDescription(new RegExp(says));
    expect(field).toBeInvalid();
    expect(field).toHaveFocus();
    expect(onSaved).not.toHaveBeenCalled();
    expect(readKey('cloud')).toBeNull();
    await user.clear(field);
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    await user.type(field, 'short{Enter}');
    expect(readKey('cloud')).toBe('short');
  });

  it('says so with the button as well, and puts the focus back', async () => {
    const { user, field } = await open();
    await user.type(field, 'a b');
    await user.click(screen.getByRole('button', { name: 'Connect' }));
    expect(screen.getByRole('alert')).toBeVisible();
    expect(field).toHaveFocus();
  });

  it('does not join pasted lines to one key, as the browser would', async () => {
    const { user, field, onSaved } = await open();
    await user.click(field);
    await user.paste(`my-name\n${KEY}`);
    expect(screen.getByRole('alert')).toHaveTextContent('no spaces or line breaks');
    expect(field).toHaveValue('');
    await user.keyboard('{Enter}');
    expect(onSaved).not.toHaveBeenCalled();
  });

  describe('takes the focus', () => {
    const act = (hasBeenActive: boolean) => vi.stubGlobal('navigator', { userActivation: { hasBeenActive } });
    afterEach(() => vi.unstubAllGlobals());

    it('when the person came to it', async () => {
      act(true);
      expect((await open()).field).toHaveFocus();
    });

    it('when the last key was refused, even right after a reload', async () => {
      act(false);
      expect((await open(new Error('refused'))).field).toHaveFocus();
    });

    it('not when the page just opens', async () => {
      act(false);
      expect((await open()).field).not.toHaveFocus();
      expect(document.body).toHaveFocus();
    });

    it('not out of an open dialog', async () => {
      act(true);
      const dialog = document.body.appendChild(document.createElement('div'));
      dialog.setAttribute('role', 'alertdialog');
      const keep = dialog.appendChild(document.createElement('button'));
      keep.focus();
      await open(new Error('refused'));
      expect(keep).toHaveFocus();
      dialog.remove();
    });
  });

  it('is a password field that password managers know, and spell checkers do not', async () => {
    const { field } = await open();
    expect(field).toHaveAttribute('type', 'password');
    expect(field).toHaveAttribute('autocomplete', 'current-password');
    expect(field).toHaveAttribute('spellcheck', 'false');
    expect(field).toHaveAccessibleDescription(/platform\.comfy\.org/);
  });

  it('says why a key was refused, and never repeats the key, even if the provider does', async () => {
    network.use(
      http.get(`${COMFY_URL}/api/assets`, () =>
        HttpResponse.json({ code: 'UNAUTHORIZED', message: `Key ${KEY} is unknown` }, { status: 401 }),
      ),
    );
    const refused: unknown = await comfyProvider({}, KEY)
      .listAssets(DEFAULT_QUERY)
      .catch((error: unknown) => error);
    await open(refused);
    expect(screen.getByRole('alert')).toHaveTextContent('Comfy Cloud does not accept the key');
    expect(screen.getByRole('alert')).toHaveTextContent('status 401');
    expect(document.body.innerHTML).not.toContain(KEY);
  });
});
