import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { NetworkError, RateLimitedError, UnauthorizedError } from '@/domain/errors';

import { ConnectionGate, Halted } from './connection-gate';
import { Pace } from './pace';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const CONTEXT = { provider: 'Pretend', requestId: null };
const limited = (retryAfterMs: number) =>
  new RateLimitedError('Slow down', { status: 429, code: null, retryAfterMs }, CONTEXT);

function setUp() {
  const events = { onWait: vi.fn(), onRefused: vi.fn(), onStuck: vi.fn() };
  const gate = new ConnectionGate(new Pace(), events);
  const started: string[] = [];
  /** A request that ends after 10 ms with what it is given: each failure once, then well. */
  const send = (name: string, failures: Error[] = [], options = {}) =>
    gate
      .send(async () => {
        started.push(name);
        await new Promise((resolve) => setTimeout(resolve, 10));
        const failure = failures.shift();
        if (failure !== undefined) throw failure;
        return name;
      }, options)
      .catch((error: unknown) => (error instanceof Halted ? 'halted' : error));
  const isSpare = async () => {
    let spare = false;
    void gate.spare().then(() => (spare = true));
    await vi.advanceTimersByTimeAsync(0);
    return spare;
  };
  return { gate, events, started, send, isSpare };
}

describe('the gate', () => {
  it('lets through three at first, the others in their order', async () => {
    const { started, send } = setUp();
    const all = ['a', 'b', 'c', 'd', 'e'].map((name) => send(name));
    expect(started).toEqual(['a', 'b', 'c']);
    await vi.advanceTimersByTimeAsync(30);
    expect(await Promise.all(all)).toEqual(started);
  });

  it('has room while fewer are in flight than allowed, and nobody waits', async () => {
    const { send, isSpare } = setUp();
    void send('a');
    void send('b');
    expect(await isSpare()).toBe(true);
    void send('c');
    expect(await isSpare()).toBe(false);
    void send('d');
    await vi.advanceTimersByTimeAsync(10);
    expect(await isSpare()).toBe(true);
  });

  it('has no room during a wait, and lets the refused request go first after it', async () => {
    const { started, send, isSpare, events } = setUp();
    const first = send('a', [limited(5_000)]);
    await vi.advanceTimersByTimeAsync(10);
    expect(await isSpare()).toBe(false);
    void send('b');
    await vi.advanceTimersByTimeAsync(4_999);
    expect(started).toEqual(['a']);
    await vi.advanceTimersByTimeAsync(20);
    expect(started).toEqual(['a', 'a', 'b']);
    expect(await first).toBe('a');
    expect(events.onWait.mock.calls.map(([wait]: unknown[]) => wait)).toEqual([
      { until: expect.any(Number) as number, problem: expect.objectContaining({ status: 429 }) as unknown },
      null,
    ]);
  });

  it('hands on every other failure, and says who refused', async () => {
    const { send, events } = setUp();
    const network = new NetworkError('nothing', CONTEXT);
    const refusal = new UnauthorizedError('Who?', { status: 401, code: null }, CONTEXT);
    const ends = [send('a', [network]), send('b', [refusal])];
    await vi.advanceTimersByTimeAsync(10);
    expect(await Promise.all(ends)).toEqual([network, 'halted']);
    expect(events.onRefused).toHaveBeenCalledExactlyOnceWith(refusal);
    expect(await send('c', [], { whenStopping: true })).toBe('halted');
  });

  it('drops what waits when it is stopped, but for what can still be sent at once', async () => {
    const { gate, started, send, isSpare } = setUp();
    const ends = ['a', 'b', 'c', 'd'].map((name) => send(name));
    const look = send('look', [], { whenStopping: true });
    gate.stop();
    expect(await isSpare()).toBe(true);
    await vi.advanceTimersByTimeAsync(30);
    expect(await Promise.all([...ends, look])).toEqual(['a', 'b', 'c', 'halted', 'look']);
    expect(started).not.toContain('d');
  });

  it('ends a wait when it is stopped, and yet sends nothing during it', async () => {
    const { gate, send, events } = setUp();
    const first = send('a', [limited(5_000)]);
    await vi.advanceTimersByTimeAsync(10);
    gate.stop();
    expect(await first).toBe('halted');
    expect(events.onWait).toHaveBeenLastCalledWith(null);
    expect(await send('look', [], { whenStopping: true })).toBe('halted');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('says that it is stuck at the ninth wait in a row', async () => {
    const { send, events } = setUp();
    void send(
      'a',
      Array.from({ length: 8 }, () => limited(100)),
    );
    await vi.advanceTimersByTimeAsync(5_000);
    expect(events.onStuck).not.toHaveBeenCalled();
    void send(
      'b',
      Array.from({ length: 9 }, () => limited(100)),
    );
    await vi.advanceTimersByTimeAsync(5_000);
    expect(events.onStuck).toHaveBeenCalledOnce();
  });

  it('waits as long as it is asked, even for months', async () => {
    const { started, send } = setUp();
    void send('a', [limited(2 ** 31 + 1_000)]);
    await vi.advanceTimersByTimeAsync(2 ** 31 + 500);
    expect(started).toEqual(['a']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(started).toEqual(['a', 'a']);
  });
});
