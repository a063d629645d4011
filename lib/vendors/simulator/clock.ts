/** A simulated vendor's clock: tokens age with it, and what lags shows itself by it. */
export class SimulatorClock {
  #offsetMs = 0;

  /** Epoch milliseconds. */
  nowMs(): number {
    return Date.now() + this.#offsetMs;
  }

  advance(ms: number): void {
    this.#offsetMs += ms;
  }

  /** Sets it to an instant; null is real time. */
  set(epochMs: number | null): void {
    this.#offsetMs = epochMs === null ? 0 : epochMs - Date.now();
  }
}
