import 'server-only';

/** Most calls that go as one statement. */
const most = 64;

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets calls of one kind share a statement and its commit: while one is under way the next ones gather, and go together.
 * Alone, a call goes at once, so nothing waits for company. Where a shared statement fails, each of its calls is made
 * alone, so that one bad item harms no other.
 * @param run carries out the items in order and answers one result each, all or nothing
 * @param order compares items so that two processes take their locks in the same order
 */
export function gathered<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  order: (left: Item, right: Item) => number,
): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let underWay = false;

  async function go(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await run(batch.map(({ item }) => item));
      batch.forEach(({ resolve, reject }, index) => {
        const result = results[index];
        if (result === undefined) reject(new Error('a shared statement answered too few rows'));
        else resolve(result);
      });
    } catch (error) {
      const [only, ...others] = batch;
      if (others.length === 0) only?.reject(error);
      else for (const one of batch) await go([one]);
    }
  }

  async function drain(): Promise<void> {
    underWay = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most).sort((left, right) => order(left.item, right.item));
      waiting = waiting.slice(most);
      await go(batch);
    }
    underWay = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!underWay) void drain();
    });
}
