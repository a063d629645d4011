/** One side of a comparison: how much work was done, at what cost, and how long each piece took. */
export interface Side {
  readonly perSecond: number;
  readonly cpuMsPerOperation: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * Does `operation` a number of times, so many at once, and measures it.
 * @param count operations in total
 * @param lanes operations at the same time
 */
export async function measure(
  { count, lanes }: { readonly count: number; readonly lanes: number },
  operation: (index: number) => Promise<void>,
): Promise<Side> {
  const tookMs: number[] = [];
  let next = 0;
  const cpu = process.cpuUsage();
  const began = performance.now();
  const lane = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      const start = performance.now();
      await operation(index);
      tookMs.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const elapsedMs = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  tookMs.sort((left, right) => left - right);
  const at = (share: number) => tookMs[Math.min(tookMs.length - 1, Math.floor(tookMs.length * share))] ?? 0;
  return {
    perSecond: (count / elapsedMs) * 1_000,
    cpuMsPerOperation: (user + system) / 1_000 / count,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  };
}

/** The middle one of several measurements, by throughput. */
export function median(sides: readonly Side[]): Side {
  const sorted = [...sides].sort((left, right) => left.perSecond - right.perSecond);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
}
