import { expect, test } from 'vitest';
import { chaos } from './chaos';
import { intentOf } from './plan';

const seed = process.env.CHAOS_SEED ?? 'tuesday';

test('the same seed makes the same intents, and about two in five creates meet a fault', () => {
  const intents = Array.from({ length: 500 }, (_, number) => intentOf(seed, 'runa', number));
  expect(intents).toEqual(Array.from({ length: 500 }, (_, number) => intentOf(seed, 'runa', number)));
  const faulty = intents.reduce((sum, { faults }) => sum + Object.keys(faults).length, 0) / 2_000;
  expect(faulty).toBeGreaterThan(0.3);
  expect(faulty).toBeLessThan(0.46);
  expect(intents.filter(({ name }) => /(\w)\1\1/i.test(name))).toEqual([]);
});

test('R1–R3, R12: with processes, PostgreSQL and vendors failing, nothing is made twice, lost or left open', {
  timeout: 240_000,
}, async () => {
  // It ends when it has seen enough, so a busy machine takes longer and proves as much.
  const enough = { attempts: 10, kills: 2 };
  const report = await chaos({ seed, forMs: 150_000, enough });
  const faulty = Object.values(report.faults).reduce((sum, count) => sum + count, 0);
  process.stdout.write(
    `chaos, seed ${seed}: ${report.attempts} attempts, ${faulty} faults met, ${report.kills.process} + ${report.kills.worker} + ${report.kills.postgres} kills\n`,
  );
  expect(report.duplicates).toEqual([]);
  expect(report.orphans).toEqual([]);
  expect(report.open).toBe(0);
  // A run in which nothing went wrong, or nothing went well, would prove nothing.
  expect(Math.min(...Object.values(report.byVendor))).toBeGreaterThanOrEqual(enough.attempts);
  expect(Math.min(...Object.values(report.kills))).toBeGreaterThanOrEqual(enough.kills);
  expect(faulty / report.attempts).toBeGreaterThan(0.1);
  expect((report.byState.succeeded ?? 0) / report.attempts).toBeGreaterThan(0.3);
});
