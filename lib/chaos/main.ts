import 'server-only';
import { parseArgs } from 'node:util';

process.env.LOG_LEVEL = 'silent';

// `npm run chaos [-- --minutes 10 --seed word --attempts 10000]`: the attempts per vendor that are enough.
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' }, attempts: { type: 'string' } },
});
const seed = values.seed ?? Date.now().toString(36);
const minutes = Number(values.minutes);

await import('../testing/environment');
const { chaos } = await import('./chaos');
console.log(`Seed ${seed}, ${minutes} min of faults at four vendors, then at most 60 s to settle.`);
const report = await chaos({
  seed,
  forMs: minutes * 60_000,
  ...(values.attempts === undefined ? {} : { enough: { attempts: Number(values.attempts), kills: 0 } }),
  onProgress: (attempts) => console.log(`  ${attempts} attempts at each vendor so far`),
});

const faulty = Object.values(report.faults).reduce((sum, count) => sum + count, 0);
console.log(`\nattempts            ${report.attempts}`);
for (const [vendor, count] of Object.entries(report.byVendor)) console.log(`  ${vendor.padEnd(17)} ${count}`);
console.log(`settled by look-up  ${report.settledByLookUp}`);
for (const [state, count] of Object.entries(report.byState)) console.log(`  ${state.padEnd(17)} ${count}`);
console.log(
  `kills               ${report.kills.process} × the process, ${report.kills.worker} × the worker, ${report.kills.postgres} × PostgreSQL`,
);
console.log(`faults met          ${faulty}`);
for (const [kind, count] of Object.entries(report.faults).toSorted()) console.log(`  ${kind.padEnd(17)} ${count}`);
console.log(`duplicates          ${report.duplicates.length}`, ...report.duplicates);
console.log(`orphans             ${report.orphans.length}`, ...report.orphans);
console.log(`open after 60 s     ${report.open}`);
const failed = report.duplicates.length + report.orphans.length + report.open > 0;
process.exit(failed ? 1 : 0);
