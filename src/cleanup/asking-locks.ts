import * as v from 'valibot';

import { newId } from './new-id';

const messageSchema = v.variant('type', [
  v.object({ type: v.literal('ask'), name: v.string(), from: v.string() }),
  v.object({ type: v.literal('taken'), name: v.string(), to: v.string() }),
  v.object({ type: v.literal('free'), name: v.string() }),
]);
type Message = v.InferOutput<typeof messageSchema>;

/** Messages are not slowed down in tabs in the background, as timers are. */
const ANSWER_MS = 300;
/** A tab that is gone says nothing, so whoever waits asks now and then. */
const ASK_AGAIN_MS = 2_000;

/**
 * Locks by asking the other tabs, for browsers and pages that have no Web Locks. Whoever hears no objection has the
 * lock; of two that ask at the same moment, the one whose id sorts first gets it. Weaker than Web Locks in one case:
 * a tab that hangs for longer than the wait for an answer does not object.
 */
export function askingLocks() {
  const channel = new BroadcastChannel('winnow-locks');
  const me = newId();
  const mine = new Map<string, 'asking' | 'held'>();
  const objections = new Map<string, () => void>();
  const sleepers = new Set<() => void>();
  let closed = false;

  function tell(message: Message) {
    if (!closed) channel.postMessage(message);
  }

  function wakeAll() {
    for (const wake of sleepers) wake();
  }

  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const { success, output: message } = v.safeParse(messageSchema, data);
    if (!success) return;
    const { type, name } = message;
    if (type === 'free') wakeAll();
    else if (type === 'taken') {
      if (message.to === me) objections.get(name)?.();
    } else {
      const state = mine.get(name);
      if (state === 'held' || (state === 'asking' && me < message.from)) {
        tell({ type: 'taken', name, to: message.from });
      }
    }
  };

  const isFree = (name: string) =>
    new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(true), ANSWER_MS);
      objections.set(name, () => {
        clearTimeout(timer);
        resolve(false);
      });
      tell({ type: 'ask', name, from: me });
    });

  async function take(name: string) {
    if (mine.has(name)) return null;
    mine.set(name, 'asking');
    const free = await isFree(name);
    objections.delete(name);
    if (!free) {
      mine.delete(name);
      return null;
    }
    mine.set(name, 'held');
    return () => {
      mine.delete(name);
      tell({ type: 'free', name });
      wakeAll();
    };
  }

  const sleep = (signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        sleepers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, ASK_AGAIN_MS);
      sleepers.add(wake);
      signal.addEventListener('abort', wake);
      if (signal.aborted) wake();
    });

  return {
    take,
    async wait(name: string, signal: AbortSignal) {
      while (!signal.aborted) {
        const release = await take(name);
        if (release !== null) return release;
        await sleep(signal);
      }
      return null;
    },
    close() {
      closed = true;
      channel.close();
    },
  };
}
