import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { forgetKey, readKey } from '@/connections/keyring';
import { DEFAULT_QUERY } from '@/domain/asset-query';
import { COMFY_URL, comfyConnection, comfyProvider, pretendNetwork } from '@/testing/pretend-network';
import { renderWithClient } from '@/testing/render';

import { KeyForm } from './key-form';

const network = pretendNetwork();
const connection = comfyConnection();
const KEY = 'comfyui-secret-canary';

afterEach(() => {
  forgetKey('cloud');
  sessionStorage.clear();
});

function open(refused: unknown = null) {
  const onSaved = vi.fn();
  const rendered = renderWithClient(<KeyForm connection={connection} refused={refused} onSaved={onSaved} />);
  return { ...rendered, onSaved, field: screen.getByLabelText('API key') };
}

describe('the key form', () => {
  it('takes a pasted key without the spaces around it, on Enter', async () => {
    const { user, field, onSaved } = open();
    await user.click(field);
    await user.paste(`  ${KEY}\n`);
    await user.keyboard('{Enter}');
    expect(readKey('cloud')).toBe(KEY);
    expect(onSaved).toHaveBeenCalledOnce();
    expect(field).toHaveValue('');
  });

  it('takes a typed key with its button', async () => {
    const { user, field, onSaved } = open();
    await user.type(field, KEY);
    await user.click(screen.getByRole('button', { name: 'Connect' }));
    expect(readKey('cloud')).toBe(KEY);
    expect(onSaved).toHaveBeenCalledOnce();
  });

  it('does not take blanks for a key', async () => {
    const { user, field, onSaved } = open();
    await user.type(field, '   {Enter}');
    expect(readKey('cloud')).toBeNull();
    expect(onSaved).not.toHaveBeenCalled();
  });

  it('keeps the key in memory only, unless asked to keep it for the tab', async () => {
    const { user, field } = open();
    await user.type(field, `${KEY}{Enter}`);
    expect(sessionStorage.length).toBe(0);
    await user.click(screen.getByRole('checkbox', { name: /keep for this tab/i }));
    await user.type(field, `${KEY}{Enter}`);
    expect(Object.values(sessionStorage)).toEqual([KEY]);
    expect(localStorage.length).toBe(0);
  });

  it('is a password field that password managers know, and spell checkers do not', () => {
    const { field } = open();
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
    open(refused);
    expect(screen.getByRole('alert')).toHaveTextContent('Comfy Cloud does not accept the key');
    expect(screen.getByRole('alert')).toHaveTextContent('status 401');
    expect(document.body.innerHTML).not.toContain(KEY);
  });
});
