import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { readStored, useStored, writeStored } from './use-stored';

/** A storage that can be made to fail, as in private windows and on full disks. */
function brittleStorage(failing: readonly ('getItem' | 'setItem')[], content = new Map<string, string>()) {
  const refuse = (name: 'getItem' | 'setItem') => {
    if (failing.includes(name)) throw new DOMException('no storage', 'SecurityError');
  };
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => (refuse('getItem'), content.get(name) ?? null),
    setItem: (name: string, value: string) => (refuse('setItem'), content.set(name, value)),
  });
}

let name = '';
let count = 0;

beforeEach(() => {
  count += 1;
  name = `preference-${count}`; // what could not be stored lives as long as the module
});

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

describe('useStored', () => {
  it('starts with the initial value, and stores nothing by itself', () => {
    const { result } = renderHook(() => useStored(name, 'system'));
    expect(result.current[0]).toBe('system');
    expect(localStorage.length).toBe(0);
  });

  it('starts with what was stored', () => {
    localStorage.setItem(name, 'dark');
    expect(renderHook(() => useStored(name, 'system')).result.current[0]).toBe('dark');
  });

  it('stores a choice and tells everyone who reads it', () => {
    const one = renderHook(() => useStored(name, 'system'));
    const two = renderHook(() => useStored(name, 'system'));
    const other = renderHook(() => useStored(`${name}-other`, 'system'));
    act(() => one.result.current[1]('dark'));
    expect(localStorage.getItem(name)).toBe('dark');
    expect([one, two, other].map(({ result }) => result.current[0])).toEqual(['dark', 'dark', 'system']);
  });

  it('follows another tab', () => {
    const { result } = renderHook(() => useStored(name, 'system'));
    act(() => {
      localStorage.setItem(name, 'light');
      window.dispatchEvent(new Event('storage'));
    });
    expect(result.current[0]).toBe('light');
  });

  it('keeps a choice for the page when storage is switched off', () => {
    brittleStorage(['getItem', 'setItem']);
    const { result } = renderHook(() => useStored(name, 'system'));
    expect(result.current[0]).toBe('system');
    act(() => result.current[1]('dark'));
    expect(result.current[0]).toBe('dark');
  });

  it('keeps a choice for the page when the browser refuses even to name the storage', () => {
    const storage = vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('blocked', 'SecurityError');
    });
    const { result } = renderHook(() => useStored(name, 'system'));
    expect(result.current[0]).toBe('system');
    act(() => result.current[1]('dark'));
    expect(result.current[0]).toBe('dark');
    expect(storage).toHaveBeenCalled();
    storage.mockRestore();
  });

  it('keeps a choice for the page when the disk is full and still holds the old one', () => {
    brittleStorage(['setItem'], new Map([[name, 'light']]));
    const { result } = renderHook(() => useStored(name, 'system'));
    expect(result.current[0]).toBe('light');
    act(() => result.current[1]('dark'));
    expect(result.current[0]).toBe('dark');
  });

  it('goes back to storage as soon as it works again', () => {
    brittleStorage(['setItem']);
    writeStored(name, 'dark');
    vi.unstubAllGlobals();
    writeStored(name, 'light');
    localStorage.setItem(name, 'system');
    expect(readStored(name)).toBe('system');
  });
});

describe('readStored', () => {
  it('is null for what nobody chose', () => {
    expect(readStored(name)).toBeNull();
    brittleStorage(['getItem']);
    expect(readStored(name)).toBeNull();
  });
});
