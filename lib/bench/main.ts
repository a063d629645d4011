import 'server-only';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { z } from 'zod';

process.env.LOG_LEVEL = 'silent';

const { startTestCluster } = await import('../testing/cluster');
await import('../testing/environment');
const { testDatabase } = await import('../testing/database');
const stop = await startTestCluster({ durable: true });
// `npm run bench -- attempts`, `-- trouble`, `-- lists` or `-- pages` measures one part alone.
const part = process.argv[2] ?? 'all';
try {
  const database = await testDatabase();
  printHeader();
  if (part === 'all' || part === 'attempts') {
    const { measureAttempts } = await import('./attempts');
    const figures = await measureAttempts(database.migrationUrl);
    const { measureLimit } = await import('./limit');
    const limited = await measureLimit();
    const { closeDatabases } = await import('../db/client');
    await closeDatabases();
    printAttempts(figures);
    printLimit(limited);
  }
  if (part === 'all' || part === 'trouble') {
    const { measureTrouble } = await import('./trouble');
    printTrouble(await measureTrouble(database));
    const { closeDatabases } = await import('../db/client');
    await closeDatabases();
  }
  if (part === 'all' || part === 'lists') {
    const { measureLists } = await import('./lists');
    printLists(await measureLists(database));
    const { closeDatabases } = await import('../db/client');
    await closeDatabases();
  }
  if (part === 'all' || part === 'pages') {
    const { withPortal } = await import('./portal');
    const { printPages, printSubmits } = await import('./requests');
    const { printPageWeights } = await import('./page-weights');
    const { printTree } = await import('./tree');
    await withPortal(async (portal) => {
      await printSubmits(portal);
      await printPages(portal);
      await printPageWeights(portal);
      await printTree(portal);
    });
  }
  await database.drop();
} finally {
  await stop();
}

function printHeader(): void {
  const file = z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync('package.json', 'utf8')));
  const versions = ['next', 'react', 'undici', 'pg', '@prisma/client', '@mantine/core'].map(
    (name) => `${name} ${file.dependencies[name]}`,
  );
  console.log(`Node ${process.versions.node}, ${os.cpus().length} × ${os.cpus()[0]?.model ?? 'cpu'}`);
  console.log(versions.join(', '));
  console.log('Seed: none needed; both sides do the same work in turns, and the middle round of three counts.');
}

function printAttempts({
  bare,
  engine,
  alone,
}: Awaited<ReturnType<typeof import('./attempts').measureAttempts>>): void {
  const row = (name: string, side: typeof bare) =>
    console.log(
      `  ${name.padEnd(8)} ${side.perSecond.toFixed(0).padStart(6)}/s  CPU ${side.cpuMsPerOperation.toFixed(3)} ms  p50 ${side.p50Ms.toFixed(2)} ms  p99 ${side.p99Ms.toFixed(2)} ms`,
    );
  console.log('\nP1  attempts, 8 at a time over 8 partners, vendor without delay, durable commits');
  row('bare', bare);
  row('engine', engine);
  const ratio = engine.perSecond / bare.perSecond;
  const cpu = engine.cpuMsPerOperation / bare.cpuMsPerOperation;
  console.log(`  ratio ${ratio.toFixed(2)} × (goal ≥ 0.50), CPU ${cpu.toFixed(2)} × (goal ≤ 2.5)`);
  console.log('\nP3  what the engine adds to one call, one at a time');
  row('bare', alone.bare);
  row('engine', alone.engine);
  console.log(
    `  added p50 ${(alone.engine.p50Ms - alone.bare.p50Ms).toFixed(2)} ms (goal ≤ 1.5), p99 ${(alone.engine.p99Ms - alone.bare.p99Ms).toFixed(2)} ms (goal ≤ 5)`,
  );
}

function printLimit({
  limit,
  reached,
  busiestSecond,
  tooMany,
  attempts,
}: Awaited<ReturnType<typeof import('./limit').measureLimit>>): void {
  console.log(`\nP10  ${attempts} attempts at once against a limit of ${limit} requests per second`);
  console.log(
    `  reached ${((reached / limit) * 100).toFixed(1)} % (goal ≥ 97), busiest second ${(busiestSecond / limit).toFixed(2)} × (goal ≤ 1.1), 429: ${tooMany}`,
  );
}

function printTrouble(figures: Awaited<ReturnType<typeof import('./trouble').measureTrouble>>): void {
  const { early, turnedAway, load, untilRest, probes, share } = figures;
  console.log(`\nR21  creates that came again before Retry-After was over: ${early} of ${turnedAway} (goal 0)`);
  console.log(`R22  creates at a vendor that turns all away, for each attempt: ${load.toFixed(2)} (goal ≤ 1.1)`);
  console.log(
    `R23  creates at a vendor in outage until its connection rested: ${untilRest} (goal ≤ 10), then by period: ${probes.join(', ')} (goal ≤ 1)`,
  );
  console.log(`R24  three vendors beside one that hangs: ${share.toFixed(2)} × of what they do without (goal ≥ 0.95)`);
}

function printLists(figures: Awaited<ReturnType<typeof import('./lists').measureLists>>): void {
  const { branch, partner, nothing, under, open } = figures;
  const cost = (side: typeof nothing) => side.p50Ms - nothing.p50Ms;
  console.log(
    '\nP8  a page of attempts of 5,000 partners beside one of a single partner, less a transaction that asks nothing',
  );
  console.log(
    `  one partner ${cost(partner).toFixed(2)} ms, whole branch ${cost(branch).toFixed(2)} ms (goal ≤ 5), ${(cost(branch) / cost(partner)).toFixed(1)} ×`,
  );
  console.log('\nP14  “is X under me” beside a transaction that asks nothing');
  console.log(
    `  nothing ${nothing.p50Ms.toFixed(2)} ms, under ${under.p50Ms.toFixed(2)} ms: ${cost(under).toFixed(2)} ms more (goal ≤ 0.2)`,
  );
  console.log('\nP15  the page of the whole branch with row-level security beside the same without');
  console.log(
    `  without ${open.p50Ms.toFixed(2)} ms, with ${branch.p50Ms.toFixed(2)} ms: ${(branch.p50Ms / open.p50Ms).toFixed(2)} × (goal ≤ 1.15)`,
  );
}
