import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import * as keyring from './keyring';

const KEY = 'sk_secret_0123456789';

/** The keyring as it is after a reload of this tab: its memory is gone. */
async function afterReload(): Promise<typeof keyring> {
  vi.resetModules();
  return import('./keyring');
}

const stored = (storage: Storage) => Object.keys(storage).map((name) => storage.getItem(name));
const refusal = () => {
  throw new DOMException('no storage', 'SecurityError');
};

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

afterEach(() => {
  vi.unstubAllGlobals();
  for (const id of ['cloud', 'roughy']) keyring.forgetKey(id);
});

describe('a key', () => {
  it('is kept in memory only, and gone after a reload', async () => {
    keyring.rememberKey('cloud', KEY, false);
    expect(keyring.readKey('cloud')).toBe(KEY);
    expect(sessionStorage.length).toBe(0);
    expect((await afterReload()).readKey('cloud')).toBeNull();
  });

  it('survives a reload of the tab when the person asks for it', async () => {
    keyring.rememberKey('cloud', KEY, true);
    expect(stored(sessionStorage)).toEqual([KEY]);
    expect((await afterReload()).readKey('cloud')).toBe(KEY);
  });

  it('is never written to localStorage, which outlives the tab', () => {
    keyring.rememberKey('cloud', KEY, true);
    keyring.rememberKey('roughy', KEY, false);
    expect(localStorage.length).toBe(0);
    expect(document.cookie).toBe('');
  });

  it('leaves the tab’s storage when it is replaced by one that is not to be kept', async () => {
    keyring.rememberKey('cloud', 'old', true);
    keyring.rememberKey('cloud', KEY, false);
    expect(keyring.readKey('cloud')).toBe(KEY);
    expect((await afterReload()).readKey('cloud')).toBeNull();
  });

  it('belongs to one connection', () => {
    keyring.rememberKey('cloud', KEY, true);
    expect(keyring.readKey('roughy')).toBeNull();
    keyring.rememberKey('roughy', 'other', true);
    keyring.forgetKey('roughy');
    expect(keyring.readKey('cloud')).toBe(KEY);
  });

  it('is forgotten from memory and from the tab’s storage', async () => {
    keyring.rememberKey('cloud', KEY, true);
    keyring.forgetKey('cloud');
    expect(keyring.readKey('cloud')).toBeNull();
    expect(sessionStorage.length).toBe(0);
    expect((await afterReload()).readKey('cloud')).toBeNull();
  });

  it('works from memory when storage is switched off', () => {
    vi.stubGlobal('sessionStorage', { getItem: refusal, setItem: refusal, removeItem: refusal });
    expect(keyring.readKey('cloud')).toBeNull();
    keyring.rememberKey('cloud', KEY, true);
    expect(keyring.readKey('cloud')).toBe(KEY);
    keyring.forgetKey('cloud');
    expect(keyring.readKey('cloud')).toBeNull();
  });
});

it('works from memory when the browser refuses even to name the storage', () => {
  const storage = vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
  expect(keyring.readKey('cloud')).toBeNull();
  keyring.rememberKey('cloud', KEY, true);
  expect(keyring.readKey('cloud')).toBe(KEY);
  keyring.forgetKey('cloud');
  expect(keyring.readKey('cloud')).toBeNull();
  expect(storage).toHaveBeenCalled();
  storage.mockRestore();
});

it('a forgotten key is told to those who remember what was read with it, a new one is not', () => {
  const told = vi.fn();
  keyring.onKeyForgotten(told);
  keyring.rememberKey('cloud', KEY, false);
  expect(told).not.toHaveBeenCalled();
  keyring.forgetKey('cloud');
  expect(told).toHaveBeenCalledExactlyOnceWith('cloud');
});

describe('useHasKey', () => {
  it('follows a key as it comes and goes, without ever giving it away', () => {
    const { result } = renderHook(() => keyring.useHasKey('cloud'));
    expect(result.current).toBe(false);
    act(() => keyring.rememberKey('roughy', KEY, false));
    expect(result.current).toBe(false);
    act(() => keyring.rememberKey('cloud', KEY, false));
    expect(result.current).toBe(true);
    act(() => keyring.forgetKey('cloud'));
    expect(result.current).toBe(false);
  });
});
