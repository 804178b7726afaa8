import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { deferred } from '@/testing/pretend-network';

import { announce, announceProblem, announceWhile, clearToasts, Toaster } from './toaster';

beforeEach(() => {
  vi.useFakeTimers();
  clearToasts();
  render(<Toaster />);
});
afterEach(() => vi.useRealTimers());

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));
const say = (speak: () => unknown) => {
  act(() => void speak());
};

describe('an outcome', () => {
  it('is read out, and leaves by itself', async () => {
    say(() => announce('Done'));
    expect(screen.getByRole('status')).toHaveTextContent('Done');
    await pass(7_900);
    expect(screen.getByText('Done')).toBeVisible();
    await pass(200);
    expect(screen.queryByText('Done')).toBeNull();
  });

  it('stays while the pointer is on it', async () => {
    say(() => announce('Done'));
    fireEvent.pointerEnter(screen.getByText('Done'));
    await pass(20_000);
    expect(screen.getByText('Done')).toBeVisible();
  });
});

describe('a problem', () => {
  it('is read out at once, and stays until it is dismissed', async () => {
    say(() => announceProblem('It failed'));
    expect(screen.getByRole('alert')).toHaveTextContent('It failed');
    await pass(60_000);
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByText('It failed')).toBeNull();
  });
});

describe('what a person waits for', () => {
  it('is said until it is over, however long that takes', async () => {
    const { promise, resolve } = deferred<string>();
    let result: Promise<string> = Promise.resolve('');
    say(() => (result = announceWhile('Looking…', promise)));
    await pass(399);
    expect(screen.queryByText('Looking…')).toBeNull();
    await pass(1);
    expect(screen.getByRole('status')).toHaveTextContent('Looking…');
    await pass(60_000);
    expect(screen.getByText('Looking…')).toBeVisible();
    resolve('found');
    await pass(0);
    expect(screen.queryByText('Looking…')).toBeNull();
    expect(await result).toBe('found');
  });

  it('is not said when it is over soon', async () => {
    say(() => announceWhile('Looking…', Promise.resolve()));
    await pass(1_000);
    expect(screen.queryByText('Looking…')).toBeNull();
  });

  it('takes its words away when it fails, and passes the error on', async () => {
    const failing = new Promise((_resolve, reject) => {
      setTimeout(() => reject(new Error('gone')), 500);
    });
    const failed = vi.fn();
    say(() => announceWhile('Looking…', failing).catch(failed));
    await pass(499);
    expect(screen.getByText('Looking…')).toBeVisible();
    await pass(1);
    expect(screen.queryByText('Looking…')).toBeNull();
    expect(failed).toHaveBeenCalledWith(new Error('gone'));
  });
});
