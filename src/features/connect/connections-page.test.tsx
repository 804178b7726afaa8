import { screen, waitFor, within } from '@testing-library/react';
import { delay, http, HttpResponse } from 'msw';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { useConnections } from '@/connections/arrange';
import type { SiteConfig } from '@/connections/config';
import { forgetKey, lockKeys, readKey, rememberKey } from '@/connections/keyring';
import { setKnownConnections } from '@/connections/known-connections';
import { OWN_CONNECTIONS } from '@/connections/own-connections';
import { vault } from '@/connections/vault/vault';
import { COMFY_URL, comfyConnection, pretendNetwork } from '@/testing/pretend-network';
import { renderWithClient } from '@/testing/render';
import { clearToasts, Toaster } from '@/ui/toaster';

import ConnectionsPage from './connections-page';

const network = pretendNetwork();
const KEY = 'key-canary-0123456789';
const site: SiteConfig = {
  connections: [comfyConnection(), comfyConnection({ id: 'demo-comfy', label: 'Demo: Comfy', demo: true })],
  ...{ demo: true, problems: [] },
};

const own = (id: string, label: string, about: object = {}) => ({
  ...{ id, label, kind: 'comfyui', baseUrl: 'http://10.0.0.2:8188' },
  ...about,
});
const store = (...connections: readonly object[]) =>
  localStorage.setItem(OWN_CONNECTIONS, JSON.stringify({ version: 1, own: connections }));
const stored = () =>
  JSON.parse(localStorage.getItem(OWN_CONNECTIONS) ?? '{}') as {
    own: { id: string; label: string; baseUrl: string; kind: string; colour?: string }[];
    order: string[];
    hidden: string[];
  };

const told = { onOpen: vi.fn(), onForgetKey: vi.fn(), onNewKey: vi.fn(), onReplaced: vi.fn() };

function Harness() {
  const connections = useConnections(site);
  const [adding, setAdding] = useState(false);
  return (
    <>
      <ConnectionsPage
        {...told}
        connections={connections}
        currentId="cloud"
        adding={adding}
        onAdding={setAdding}
      />
      <Toaster />
    </>
  );
}

beforeEach(() => {
  localStorage.clear();
  clearToasts();
  vi.clearAllMocks();
  for (const id of ['cloud', 'own-1', 'own-2']) forgetKey(id);
});

const open = () => renderWithClient(<Harness />).user;
const list = () => screen.getByRole('list', { name: 'Connections' });
const item = (name: string) => within(list()).getByRole('listitem', { name });
const labels = () =>
  within(list())
    .getAllByRole('listitem')
    .map((each) => each.getAttribute('aria-label'));
const button = (name: string) => screen.getByRole('button', { name });
const form = () => within(screen.getByRole('form'));

describe('the list', () => {
  it('says whose each connection is, and offers what can be done with it', () => {
    store(own('own-1', 'Studio'));
    open();
    expect(labels()).toEqual(['Cloud', 'Studio', 'Demo: Comfy']);
    const names = (label: string) =>
      within(item(label))
        .getAllByRole('button')
        .map((each) => each.textContent || each.getAttribute('aria-label'));
    expect(item('Cloud')).toHaveTextContent('Given by this site');
    expect(names('Cloud')).toEqual(['Open', 'Test', 'Hide', 'Move up Cloud', 'Move down Cloud']);
    expect(names('Studio').slice(0, 4)).toEqual(['Open', 'Test', 'Edit', 'Remove…']);
    expect(item('Demo: Comfy')).toHaveTextContent('Made-up library');
    expect(names('Demo: Comfy').slice(0, 2)).toEqual(['Open', 'Hide']);
    expect(item('Studio')).toHaveTextContent('No key needed');
  });

  it('says where each key is, and has it forgotten', async () => {
    const user = open();
    expect(item('Cloud')).toHaveTextContent('No key yet');
    rememberKey('cloud', KEY, false);
    await waitFor(() => expect(item('Cloud')).toHaveTextContent('Key in memory'));
    rememberKey('cloud', KEY, true);
    await waitFor(() => expect(item('Cloud')).toHaveTextContent('Key kept for this tab'));
    expect(document.body.innerHTML).not.toContain(KEY);
    await user.click(button('Forget key of Cloud'));
    expect(told.onForgetKey).toHaveBeenCalledExactlyOnceWith(site.connections[0]);
    expect(within(item('Cloud')).getByRole('heading')).toHaveFocus();
  });

  it('moves by keyboard, keeps the focus, says where it is now, and stops at the end', async () => {
    store(own('own-1', 'Studio'), own('own-2', 'Den'));
    const user = open();
    button('Move up Den').focus();
    await user.keyboard('{Enter}{Enter}');
    expect(labels()).toEqual(['Den', 'Cloud', 'Studio', 'Demo: Comfy']);
    expect(button('Move up Den')).toHaveFocus();
    expect(button('Move up Den')).toHaveAttribute('aria-disabled', 'true');
    expect(screen.getByText('Den is now 1 of 4')).toHaveRole('status');
    await user.keyboard('{Enter}');
    expect(labels()[0]).toBe('Den');
    expect(button('Move down Studio')).toHaveAttribute('aria-disabled', 'true');
  });

  it('hides one of the site and shows it again', async () => {
    const user = open();
    await user.click(button('Hide Cloud'));
    expect(item('Cloud')).toHaveTextContent('Hidden');
    expect(screen.queryByRole('button', { name: 'Open Cloud' })).not.toBeInTheDocument();
    expect(button('Show Cloud')).toHaveFocus();
    await user.click(button('Show Cloud'));
    expect(item('Cloud')).not.toHaveTextContent('Hidden');
    expect(stored().hidden).toEqual([]);
  });

  it('follows what another tab does', async () => {
    open();
    store(own('own-1', 'Elsewhere'));
    window.dispatchEvent(new StorageEvent('storage', { key: OWN_CONNECTIONS }));
    await waitFor(() => expect(labels()).toContain('Elsewhere'));
  });

  it('says when two have the same label', () => {
    store(own('own-1', 'cloud '), own('own-2', 'Den'));
    open();
    expect(item('cloud')).toHaveTextContent('Another connection has the same label.');
    expect(item('Cloud')).toHaveTextContent('Another connection has the same label.');
    expect(item('Den')).not.toHaveTextContent('Another connection has the same label.');
  });

  it('removes after a question, and the removal can be undone', async () => {
    store(own('own-1', 'Studio'), own('own-2', 'Den'));
    const user = open();
    await user.click(button('Remove Studio…'));
    const dialog = within(await screen.findByRole('alertdialog', { name: 'Remove “Studio”?' }));
    expect(dialog.getByRole('button', { name: 'Keep' })).toHaveFocus();
    expect(dialog.getByText(/Nothing is deleted or changed at http:\/\/10\.0\.0\.2:8188/)).toBeVisible();
    await user.click(dialog.getByRole('button', { name: 'Remove' }));
    expect(labels()).toEqual(['Cloud', 'Den', 'Demo: Comfy']);
    expect(within(item('Den')).getByRole('heading')).toHaveFocus();
    await user.click(button('Undo'));
    expect(labels()).toEqual(['Cloud', 'Studio', 'Den', 'Demo: Comfy']);
    expect(stored().own[0]?.id).toBe('own-1');
  });
});

describe('the form', () => {
  async function openForm() {
    const user = open();
    await user.click(button('Add a connection'));
    return user;
  }

  it('suggests label and base URL of each provider, and lets go of neither once written', async () => {
    const user = await openForm();
    const name = form().getByLabelText('Label');
    const address = form().getByLabelText('Base URL');
    expect(form().getByLabelText('Provider')).toHaveFocus();
    expect([name, address].map((field) => (field as HTMLInputElement).value)).toEqual([
      ...['ComfyUI', 'http://127.0.0.1:8188'],
    ]);
    expect(form().queryByLabelText(/API key/)).not.toBeInTheDocument();
    await user.selectOptions(form().getByLabelText('Provider'), 'Roughy');
    expect(name).toHaveValue('Roughy');
    expect(address).toHaveValue('proxy/roughy');
    expect(address).toHaveAccessibleDescription(/through the proxy of this site/);
    await user.clear(name);
    await user.type(name, 'Films');
    await user.selectOptions(form().getByLabelText('Provider'), 'Comfy Cloud');
    expect(name).toHaveValue('Films');
    expect(address).toHaveValue('proxy/comfy-cloud');
  });

  it('adds a connection with a key, which is kept in memory alone', async () => {
    const user = await openForm();
    await user.selectOptions(form().getByLabelText('Provider'), 'Comfy Cloud');
    await user.type(form().getByLabelText('API key (optional)'), ` ${KEY} `);
    await user.click(form().getByRole('radio', { name: 'Violet' }));
    await user.click(form().getByRole('button', { name: 'Add' }));
    const [added] = stored().own;
    expect(added).toMatchObject({ kind: 'comfy-cloud', label: 'Comfy Cloud', colour: 'violet' });
    expect(readKey(added!.id)).toBe(KEY);
    expect(localStorage.getItem(OWN_CONNECTIONS)).not.toContain(KEY);
    expect(sessionStorage).toHaveLength(0);
    expect(screen.queryByRole('form')).not.toBeInTheDocument();
    expect(within(item('Comfy Cloud')).getByRole('heading')).toHaveFocus();
    expect(item('Comfy Cloud')).toHaveTextContent('Key in memory');
    forgetKey(added!.id);
  });

  it.each([
    ['Label', '', 'Give it a label.'],
    ['Label', 'CLOUD', 'Another connection has this label. Choose one that tells them apart.'],
    ['Label', 'x'.repeat(81), 'Use at most 80 characters.'],
    ['Base URL', '', 'Enter the base URL of the provider.'],
    ['Base URL', '127.0.0.1:8188', 'Begin with http:// or https://'],
    ['Base URL', 'comfy.example.org', 'Begin with http:// or https://'],
    [
      'Base URL',
      'ftp://comfy.example.org',
      'Only addresses that begin with http:// or https:// can be used.',
    ],
    ['Base URL', 'https://me:secret@comfy.example.org', 'Leave out the name and the password'],
    ['Base URL', 'https://', 'This is not an address that a browser understands.'],
  ])('keeps nothing while the %s is “%s”, and says why', async (label, wrong, why) => {
    const user = await openForm();
    const field = form().getByLabelText(label);
    await user.clear(field);
    if (wrong !== '') await user.type(field, wrong);
    await user.click(form().getByRole('button', { name: 'Add' }));
    expect(field).toBeInvalid();
    expect(field).toHaveFocus();
    expect(field).toHaveAccessibleDescription(expect.stringContaining(why));
    expect(localStorage.getItem(OWN_CONNECTIONS)).toBeNull();
  });

  it('takes no key that cannot be one', async () => {
    const user = await openForm();
    await user.selectOptions(form().getByLabelText('Provider'), 'Roughy');
    await user.type(form().getByLabelText('API key (optional)'), 'sk two words');
    await user.click(form().getByRole('button', { name: 'Add' }));
    expect(form().getByRole('alert')).toHaveTextContent('A key has no spaces');
    expect(form().getByLabelText('API key (optional)')).toHaveFocus();
    expect(localStorage.getItem(OWN_CONNECTIONS)).toBeNull();
  });

  it('closes without a change, and the focus goes back', async () => {
    const user = await openForm();
    await user.click(form().getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('form')).not.toBeInTheDocument();
    expect(button('Add a connection')).toHaveFocus();
    expect(localStorage.getItem(OWN_CONNECTIONS)).toBeNull();
  });

  const cloudTwo = own('own-1', 'Two', { kind: 'comfy-cloud', baseUrl: COMFY_URL });

  it('changes the label and keeps id and key', async () => {
    store(cloudTwo);
    rememberKey('own-1', KEY, false);
    const user = open();
    await user.click(button('Edit Two'));
    await user.clear(form().getByLabelText('Label'));
    await user.type(form().getByLabelText('Label'), 'Client');
    await user.click(form().getByRole('button', { name: 'Save' }));
    expect(stored().own).toMatchObject([{ id: 'own-1', label: 'Client' }]);
    expect(readKey('own-1')).toBe(KEY);
    expect(told.onReplaced).not.toHaveBeenCalled();
    expect(told.onNewKey).not.toHaveBeenCalled();
  });

  it('gives another address another id, and says what does not go along', async () => {
    store(cloudTwo);
    const user = open();
    await user.click(button('Edit Two'));
    await user.clear(form().getByLabelText('Base URL'));
    await user.type(form().getByLabelText('Base URL'), 'https://other.test');
    expect(form().getByText(/the key that is kept now is forgotten/)).toBeVisible();
    await user.click(form().getByRole('button', { name: 'Save' }));
    const [moved] = stored().own;
    expect(moved).toMatchObject({ label: 'Two', baseUrl: 'https://other.test' });
    expect(moved?.id).not.toBe('own-1');
    expect(told.onReplaced).toHaveBeenCalledExactlyOnceWith('own-1', moved?.id);
  });

  it('has what was read with the last key forgotten when it gets another', async () => {
    store(cloudTwo);
    const user = open();
    await user.click(button('Edit Two'));
    await user.type(form().getByLabelText('New API key (optional)'), KEY);
    await user.click(form().getByRole('button', { name: 'Save' }));
    expect(told.onNewKey).toHaveBeenCalledExactlyOnceWith('own-1');
    expect(readKey('own-1')).toBe(KEY);
  });

  describe('of a connection whose key is remembered on this device', () => {
    const two = { id: 'own-1', baseUrl: COMFY_URL };
    const OLD = 'the-old-key-0123456789';
    const PASSPHRASE = 'correct horse battery';

    beforeEach(async () => {
      vi.stubGlobal('isSecureContext', true);
      store(cloudTwo);
      setKnownConnections([comfyConnection(two)]);
      await vault.remember(two, OLD, PASSPHRASE);
      told.onNewKey.mockImplementation(forgetKey);
    });
    afterEach(() => {
      lockKeys();
      told.onNewKey.mockReset();
      vi.unstubAllGlobals();
    });

    /** What the next visit would have. */
    async function unlockedAnew() {
      lockKeys();
      await vault.unlock(PASSPHRASE, two);
      return readKey('own-1');
    }
    async function enterKey() {
      const user = open();
      await user.click(button('Edit Two'));
      await user.type(form().getByLabelText('New API key (optional)'), KEY);
      return user;
    }

    it('remembers the new one in its place', async () => {
      const user = await enterKey();
      expect(form().getByRole('radio', { name: 'Remember on this device' })).toBeChecked();
      await user.click(form().getByRole('button', { name: 'Save' }));
      await screen.findByText('Two was saved');
      expect(readKey('own-1')).toBe(KEY);
      expect(told.onNewKey).toHaveBeenCalledExactlyOnceWith('own-1');
      expect(await unlockedAnew()).toBe(KEY);
    });

    it('asks for the passphrase first when it is locked, and saves nothing without it', async () => {
      lockKeys();
      const user = await enterKey();
      await user.clear(form().getByLabelText('Label'));
      await user.type(form().getByLabelText('Label'), 'Client');
      await user.click(form().getByRole('button', { name: 'Save' }));
      await user.type(await screen.findByLabelText('Passphrase'), 'wrong');
      await user.click(button('Remember and save'));
      expect(await screen.findByText(/This is not the passphrase/)).toBeVisible();
      expect(stored().own).toMatchObject([{ label: 'Two' }]);
      await user.click(button('Back'));
      expect(form().getByLabelText('Label')).toHaveValue('Client');
      await user.click(form().getByRole('button', { name: 'Save' }));
      await user.type(await screen.findByLabelText('Passphrase'), PASSPHRASE);
      await user.click(button('Remember and save'));
      await screen.findByText('Client was saved');
      expect(stored().own).toMatchObject([{ id: 'own-1', label: 'Client' }]);
      expect(await unlockedAnew()).toBe(KEY);
      // A key is made of the passphrase four times, which is slow on purpose.
    }, 20_000);

    it('says that the remembered one stays when the new one is for this page only', async () => {
      const user = await enterKey();
      await user.click(form().getByRole('radio', { name: 'Keep in memory' }));
      expect(form().getByText(/remembered now stays on this device/)).toBeVisible();
      await user.click(form().getByRole('button', { name: 'Save' }));
      expect(readKey('own-1')).toBe(KEY);
      expect(await unlockedAnew()).toBe(OLD);
    });
  });

  it('keeps a new key for the tab where the last one was kept for it', async () => {
    store(cloudTwo);
    rememberKey('own-1', 'the-old-key-0123456789', true);
    const user = open();
    await user.click(button('Edit Two'));
    await user.type(form().getByLabelText('New API key (optional)'), KEY);
    await user.click(form().getByRole('button', { name: 'Save' }));
    expect(sessionStorage.getItem('winnow.key.own-1')).toBe(KEY);
  });

  it('sends the kept key to no other address, not even to test it', async () => {
    store(cloudTwo);
    rememberKey('own-1', KEY, false);
    const seen: string[] = [];
    network.use(
      http.all('https://other.test/*', ({ request }) => {
        seen.push(JSON.stringify([...request.headers]));
        return HttpResponse.json({ assets: [], total: 0, has_more: false });
      }),
    );
    const user = open();
    await user.click(button('Edit Two'));
    await user.clear(form().getByLabelText('Base URL'));
    await user.type(form().getByLabelText('Base URL'), 'https://other.test');
    await user.click(form().getByRole('button', { name: 'Test' }));
    await screen.findByText(/^Test (?:passed|failed):$/);
    expect(seen.join()).not.toContain(KEY);
  });
});

describe('a test', () => {
  it('uses the kept key, and says that the connection works', async () => {
    network.serveComfy([{ name: 'fox.png' }], { apiKey: KEY });
    rememberKey('cloud', KEY, false);
    const user = open();
    await user.click(button('Test Cloud'));
    expect(await within(item('Cloud')).findByText('Test passed:')).toBeInTheDocument();
    expect(document.body.innerHTML).not.toContain(KEY);
  });

  it('says what fails, in a status region, and can be asked again', async () => {
    network.use(http.all(`${COMFY_URL}/*`, () => HttpResponse.error()));
    const user = open();
    await user.click(button('Test Cloud'));
    const failed = await within(item('Cloud')).findByText('Test failed:');
    expect(failed.closest('[role=status]')).not.toBeNull();
    network.serveComfy([]);
    await user.click(button('Test Cloud'));
    expect(await within(item('Cloud')).findByText('Test passed:')).toBeInTheDocument();
    expect(screen.queryByText('Test failed:')).not.toBeInTheDocument();
  });

  it('can be called off, with the focus where it was', async () => {
    network.use(
      http.all(`${COMFY_URL}/*`, async () => {
        await delay('infinite');
        return HttpResponse.error();
      }),
    );
    const user = open();
    await user.click(button('Test Cloud'));
    expect(await screen.findByText('Testing the connection…')).toBeVisible();
    await user.click(button('Cancel the test of Cloud'));
    expect(screen.queryByText('Testing the connection…')).not.toBeInTheDocument();
    expect(button('Test Cloud')).toHaveFocus();
  });
});

describe('import and export', () => {
  const file = (text: string) => new File([text], 'mine.json', { type: 'application/json' });
  const choose = (user: ReturnType<typeof open>, text: string) =>
    user.upload(screen.getByLabelText('File of connections'), file(text));

  it('exports the person’s own, never a key', async () => {
    store(own('own-1', 'Two', { kind: 'comfy-cloud' }));
    rememberKey('own-1', KEY, true);
    let saved: Blob | null = null;
    vi.spyOn(URL, 'createObjectURL').mockImplementation((content) => {
      saved = content as Blob;
      return 'blob:file';
    });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    const user = open();
    await user.click(button('Export'));
    const text = await saved!.text();
    expect(text).toContain('Two');
    expect(text).not.toContain(KEY);
    expect(text).not.toContain(COMFY_URL);
  });

  it('shows what a file would change, and changes it only then', async () => {
    store(own('own-1', 'Studio'));
    const user = open();
    const connections = [own('own-1', 'Den'), own('own-9', 'New', { baseUrl: 'http://n.test', apiKey: KEY })];
    await choose(user, JSON.stringify({ version: 1, connections }));
    const dialog = within(await screen.findByRole('alertdialog', { name: 'Import 2 connections?' }));
    expect(dialog.getByText(/look like keys/)).toBeVisible();
    expect(dialog.getByText('Replace').closest('li')).toHaveTextContent('Den');
    expect(dialog.getByText('Add').closest('li')).toHaveTextContent('New');
    expect(stored().own.map(({ label }) => label)).toEqual(['Studio']);
    await user.click(dialog.getByRole('button', { name: 'Import 2' }));
    expect(labels()).toEqual(['Cloud', 'Den', 'New', 'Demo: Comfy']);
    expect(JSON.stringify(stored())).not.toContain(KEY);
  });

  it('says why a file is of no use, and takes the next one', async () => {
    const user = open();
    await choose(user, '<html>');
    expect(await screen.findByText('Nothing was imported. This file is not valid JSON.')).toHaveRole('alert');
    await choose(user, '{"version":1,"connections":[]}');
    expect(await screen.findByRole('alertdialog', { name: 'Nothing to import' })).toBeVisible();
    expect(screen.queryByText(/Nothing was imported/)).not.toBeInTheDocument();
  });
});
