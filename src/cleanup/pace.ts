const FIRST = 3;
const MOST = 8;
const SUCCESSES_TO_GROW = 10;

/** How many requests a connection gets at once: few at first, more as long as all goes well, half at each strain. */
export class Pace {
  #inFlight = FIRST;
  #successes = 0;
  #round = 0;
  readonly #onChange: (inFlight: number) => void;

  constructor(onChange: (inFlight: number) => void = () => undefined) {
    this.#onChange = onChange;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** To be noted when a request is sent, and handed back if its answer shows strain. */
  get round(): number {
    return this.#round;
  }

  succeeded(): void {
    this.#successes += 1;
    if (this.#successes < SUCCESSES_TO_GROW) return;
    this.#successes = 0;
    this.#set(Math.min(MOST, this.#inFlight + 1));
  }

  /**
   * Requests that were under way together meet the same trouble, so only the first of them counts.
   * @returns whether it counted
   */
  strained(round: number): boolean {
    this.#successes = 0;
    if (round !== this.#round) return false;
    this.#round += 1;
    this.#set(Math.max(1, Math.floor(this.#inFlight / 2)));
    return true;
  }

  #set(inFlight: number): void {
    if (inFlight === this.#inFlight) return;
    this.#inFlight = inFlight;
    this.#onChange(inFlight);
  }
}
