import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import * as keyring from '@/connections/keyring';
import { setKnownConnections } from '@/connections/known-connections';
import { readVaultText, writeVaultText } from '@/connections/remembered';
import { vault } from '@/connections/vault/vault';
import { comfyConnection } from '@/testing/pretend-network';
import { renderWithClient } from '@/testing/render';
import { clearToasts } from '@/ui/toaster';

import KeyForm from './key-form';
import { KeysOnDevice } from './keys-on-device';

const cloud = comfyConnection();
const roughy = comfyConnection({
  id: 'roughy',
  kind: 'roughy',
  label: 'Roughy',
  baseUrl: 'http://roughy.test',
});
const KEY = 'comfyui-secret-canary';
const PASSPHRASE = 'correct horse battery';

beforeEach(() => {
  vi.stubGlobal('isSecureContext', true);
  localStorage.clear();
  clearToasts();
  setKnownConnections([cloud, roughy]);
});
afterEach(() => {
  keyring.forgetAllKeys();
  vi.unstubAllGlobals();
});

function openForm(connection = cloud) {
  const onSaved = vi.fn();
  const { user } = renderWithClient(
    <KeyForm connection={connection} refused={null} onSaved={onSaved} onAddConnection={vi.fn()} />,
  );
  return { user, onSaved };
}
const button = (name: string) => screen.getByRole('button', { name });
const passphrase = () => screen.findByLabelText('Passphrase');

describe('a key to be remembered', () => {
  it('asks for a new passphrase, long enough and twice the same', async () => {
    const { user, onSaved } = openForm();
    await user.click(await screen.findByRole('radio', { name: 'Remember on this device' }));
    await user.type(await screen.findByLabelText('API key'), `${KEY}{Enter}`);
    const field = await passphrase();
    const again = screen.getByLabelText('Repeat it');
    for (const each of [field, again]) {
      expect(each).toHaveAttribute('type', 'password');
      expect(each).toHaveAttribute('autocomplete', 'new-password');
    }
    expect(field).toHaveFocus();
    await user.type(field, 'short{Enter}');
    expect(screen.getByRole('alert')).toHaveTextContent(
      'Too short: it needs 12 characters, 7 more than this.',
    );
    expect(field).toBeInvalid();
    await user.clear(field);
    await user.type(field, PASSPHRASE);
    await user.type(again, 'another horse battery{Enter}');
    expect(screen.getByRole('alert')).toHaveTextContent('The two are not the same.');
    expect(readVaultText()).toBeNull();
    await user.clear(again);
    await user.type(again, `${PASSPHRASE}{Enter}`);
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(keyring.readKey('cloud')).toBe(KEY);
    expect(readVaultText()).not.toContain(KEY);
  });

  it('is added without a question while the keys are unlocked', async () => {
    await vault.remember(cloud, KEY, PASSPHRASE);
    const { user, onSaved } = openForm(roughy);
    await user.click(await screen.findByRole('radio', { name: 'Remember on this device' }));
    await user.type(await screen.findByLabelText('API key'), 'sk_roughy{Enter}');
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(keyring.readKey('roughy')).toBe('sk_roughy');
  });

  it('asks for the passphrase of the others while they are locked', async () => {
    await vault.remember(cloud, KEY, PASSPHRASE);
    keyring.lockKeys();
    const { user, onSaved } = openForm(roughy);
    await user.click(await screen.findByRole('radio', { name: 'Remember on this device' }));
    await user.type(await screen.findByLabelText('API key'), 'sk_roughy{Enter}');
    await user.type(await passphrase(), `${PASSPHRASE}{Enter}`);
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(keyring.readKey('cloud')).toBe(KEY);
  });

  it('cannot be chosen where browsers do not encrypt', async () => {
    vi.stubGlobal('isSecureContext', false);
    openForm();
    const choice = await screen.findByRole('radio', { name: 'Remember on this device' });
    expect(choice).toBeDisabled();
    expect(choice).toHaveAccessibleDescription('Browsers encrypt only at https addresses and at localhost.');
  });
});

describe('a remembered key that is locked', () => {
  beforeEach(async () => {
    await vault.remember(cloud, KEY, PASSPHRASE);
    keyring.lockKeys();
  });

  it('asks for the passphrase, says when it is wrong, and unlocks', async () => {
    const { user, onSaved } = openForm();
    const field = await passphrase();
    expect(field).toHaveAttribute('type', 'password');
    expect(field).toHaveAttribute('autocomplete', 'current-password');
    await user.type(field, 'wrong{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('This is not the passphrase.');
    expect(field).toHaveAccessibleDescription(/This is not the passphrase/);
    expect(keyring.hasKey('cloud')).toBe(false);
    await user.clear(field);
    await user.type(field, `${PASSPHRASE}{Enter}`);
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(keyring.readKey('cloud')).toBe(KEY);
  });

  it('lets another key be used, and leads back', async () => {
    const { user } = openForm();
    await passphrase();
    await user.click(button('Use another key'));
    expect(await screen.findByLabelText('API key')).toBeVisible();
    await user.click(button('Use the remembered key'));
    expect(await passphrase()).toBeVisible();
  });

  it('asks for no passphrase when it is damaged, says so, and can be removed', async () => {
    writeVaultText(readVaultText()?.replace('"sealed":"', '"sealed":"AAAA') ?? null);
    const { user } = openForm();
    expect(await screen.findByRole('alert')).toHaveTextContent('The remembered keys are damaged');
    expect(screen.queryByLabelText('Passphrase')).not.toBeInTheDocument();
    await user.click(button('Remove the remembered keys'));
    expect(await screen.findByLabelText('API key')).toBeVisible();
    expect(readVaultText()).toBeNull();
  });

  it('is not asked about when it was refused', async () => {
    renderWithClient(
      <KeyForm connection={cloud} refused={null} onSaved={vi.fn()} onAddConnection={vi.fn()} wantsKey />,
    );
    expect(await screen.findByLabelText('API key')).toBeVisible();
  });
});

describe('what is kept on this device', () => {
  function openSection() {
    const onForgetEverything = vi.fn(() => Promise.resolve());
    const { user } = renderWithClient(
      <KeysOnDevice connections={[cloud]} onLock={keyring.lockKeys} {...{ onForgetEverything }} />,
    );
    return { user, onForgetEverything };
  }

  it('is named, locked and forgotten', async () => {
    await vault.remember(cloud, KEY, PASSPHRASE);
    const { user } = openSection();
    expect(screen.getByRole('region', { name: 'Keys and this device' })).toBeVisible();
    expect(screen.getByRole('listitem')).toHaveTextContent('Cloud');
    await user.click(button('Lock now'));
    expect(keyring.hasKey('cloud')).toBe(false);
    expect(screen.getByText(/locked in this tab/)).toBeVisible();
    await user.click(button('Forget the key for Cloud'));
    expect(await screen.findByText(/No key is remembered on this device/)).toBeVisible();
  });

  it('says when a key is for another address than its connection has', async () => {
    await vault.remember({ ...cloud, baseUrl: 'http://old.test' }, KEY, PASSPHRASE);
    openSection();
    expect(screen.getByRole('listitem')).toHaveTextContent('http://old.test: not used');
  });

  it('gets another passphrase', async () => {
    await vault.remember(cloud, KEY, PASSPHRASE);
    const { user } = openSection();
    await user.click(button('Change passphrase…'));
    await user.type(screen.getByLabelText('Current passphrase'), PASSPHRASE);
    await user.type(screen.getByLabelText('New passphrase'), 'four other plain words');
    await user.type(screen.getByLabelText('Repeat it'), 'four other plain words{Enter}');
    await waitFor(() => expect(button('Change passphrase…')).toBeVisible());
    keyring.lockKeys();
    await vault.unlock('four other plain words');
    expect(keyring.readKey('cloud')).toBe(KEY);
  });

  it('is locked after a time of choice, which is remembered', async () => {
    const { user } = openSection();
    const choice = screen.getByRole('combobox', { name: 'Lock when nobody is here' });
    expect(choice).toHaveDisplayValue('After 15 minutes');
    await user.selectOptions(choice, 'Never');
    expect(localStorage.getItem('winnow.lock-after')).toBe('0');
  });

  it('is forgotten only after a question, and says why when it cannot be', async () => {
    const { user, onForgetEverything } = openSection();
    await user.click(button('Forget everything…'));
    const dialog = await screen.findByRole('alertdialog');
    expect(within(dialog).getByRole('button', { name: 'Keep' })).toHaveFocus();
    expect(dialog).toHaveTextContent('jobs and their history');
    expect(onForgetEverything).not.toHaveBeenCalled();
    onForgetEverything.mockRejectedValueOnce(new Error('A job in another tab does not stop.'));
    await user.click(within(dialog).getByRole('button', { name: 'Forget everything' }));
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('A job in another tab does not stop.');
  });
});
