interface Queued {
  readonly from: string;
  readonly id: number;
  readonly work: () => void;
}

/**
 * Calls one after the other, in the order in which they came. Between two of them whatever else has come is heard, so that
 * a call that nobody waits for any more (typing goes on) is never begun.
 */
export class CallQueue {
  readonly #queued: Queued[] = [];
  readonly #next = new MessageChannel();

  constructor() {
    this.#next.port1.onmessage = () => this.#queued.shift()?.work();
  }

  add(from: string, id: number, work: () => void): void {
    this.#queued.push({ from, id, work });
    this.#next.port2.postMessage(null);
  }

  drop(from: string, id: number): void {
    const at = this.#queued.findIndex((each) => each.from === from && each.id === id);
    if (at >= 0) this.#queued.splice(at, 1);
  }
}
