import 'server-only';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** What a part of the run came to; `retried` names the tests that passed on their second try, which count as passed. */
export type Tally = { passed: number; failures: string[]; retried: string[] };

const vitestSchema = z.object({
  numPassedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** A part that left no report has failed as a whole. */
const unreported = (part: string): Tally => ({
  passed: 0,
  failures: [`${part}: it ended without a report`],
  retried: [],
});

function readReport(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** An exit code that no failure in the report explains is a failure of its own (an unhandled error, nothing ran). */
function withExit({ tally, code, part }: { tally: Tally; code: number; part: string }): Tally {
  if (code !== 0 && tally.failures.length === 0) tally.failures.push(`${part}: ended with code ${code}`);
  if (code === 0 && tally.passed === 0 && tally.failures.length === 0) tally.failures.push(`${part}: nothing ran`);
  return tally;
}

/** Counts vitest's JSON report. A file that could not be loaded counts as one failure. */
export function vitestTally({ file, code }: { file: string; code: number }): Tally {
  const parsed = vitestSchema.safeParse(readReport(file));
  if (!parsed.success) return unreported('vitest');
  const failures = parsed.data.testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter((result) => result.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [`${name}: could not be run`];
    return failed.map((result) => `${name}: ${result.fullName}`);
  });
  return withExit({ tally: { passed: parsed.data.numPassedTests, failures, retried: [] }, code, part: 'vitest' });
}

const specSchema = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(z.object({ status: z.enum(['expected', 'unexpected', 'flaky', 'skipped']) })),
});

const suiteSchema = z.object({
  specs: z.array(specSchema).default([]),
  get suites() {
    return z.array(suiteSchema).default([]);
  },
});

const playwrightSchema = z.object({
  suites: z.array(suiteSchema),
  errors: z.array(z.object({ message: z.string().default('an error without words') })).default([]),
});

type Spec = z.infer<typeof specSchema>;
type Suite = z.infer<typeof suiteSchema>;

const specsOf = (suite: Suite): Spec[] => [...suite.specs, ...suite.suites.flatMap(specsOf)];

/** Counts Playwright's JSON report. What passed on a second try is named besides. */
export function playwrightTally({ file, code }: { file: string; code: number }): Tally {
  const parsed = playwrightSchema.safeParse(readReport(file));
  if (!parsed.success) return unreported('Playwright');
  const errors = parsed.data.errors.map(({ message }) => `Playwright: ${message}`);
  const tally: Tally = { passed: 0, failures: errors, retried: [] };
  for (const spec of parsed.data.suites.flatMap(specsOf)) {
    for (const { status } of spec.tests) {
      const name = `${spec.file}: ${spec.title}`;
      if (status === 'expected' || status === 'flaky') tally.passed += 1;
      if (status === 'flaky') tally.retried.push(name);
      if (status === 'unexpected') tally.failures.push(name);
    }
  }
  return withExit({ tally, code, part: 'Playwright' });
}
