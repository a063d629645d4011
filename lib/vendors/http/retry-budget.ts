/** What each first request adds to the budget: so that repeats stay below a tenth of the load, whatever the vendor does. */
const earned = 0.09;
/** What a connection may repeat before it has earned anything, and the most that it keeps. */
const first = 5;
const most = 10;

/**
 * Keeps repeats within a share of what is asked in the first place (quality.md R22): a vendor in trouble is not given
 * more to do. One per connection and process; as each process stays within its own share, all of them together do.
 */
export class RetryBudget {
  #left = first;

  /** A first request goes out. */
  earn(): void {
    this.#left = Math.min(most, this.#left + earned);
  }

  /** May one more request be a repeat? Takes it from the budget. */
  take(): boolean {
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}

/** The budgets of a process's connections; the oldest are forgotten. */
export class RetryBudgets {
  readonly #kept = new Map<string, RetryBudget>();
  static readonly #mostConnections = 1_000;

  of(connectionId: string): RetryBudget {
    const known = this.#kept.get(connectionId);
    if (known !== undefined) return known;
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= RetryBudgets.#mostConnections && oldest !== undefined) this.#kept.delete(oldest);
    const made = new RetryBudget();
    this.#kept.set(connectionId, made);
    return made;
  }
}
