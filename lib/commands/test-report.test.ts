import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { playwrightTally, vitestTally } from './test-report';

const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

function report(content: unknown): string {
  const file = path.join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const vitestFile = (name: string, statuses: string[], status = 'passed') => ({
  name,
  status,
  assertionResults: statuses.map((one, index) => ({ fullName: `test ${index}`, status: one })),
});

describe("vitest's count", () => {
  test('names each failure, and a file that could not be run', () => {
    const testResults = [
      vitestFile('a.test.ts', ['passed', 'failed', 'skipped'], 'failed'),
      vitestFile('b.test.ts', [], 'failed'),
    ];
    expect(vitestTally({ file: report({ numPassedTests: 1, testResults }), code: 1 })).toEqual({
      passed: 1,
      failures: ['a.test.ts: test 1', 'b.test.ts: could not be run'],
      retried: [],
    });
  });

  test.each([
    { name: 'an exit code that no test explains', code: 1, passed: 3 },
    { name: 'a run of nothing', code: 0, passed: 0 },
  ])('takes $name for a failure', ({ code, passed }) => {
    const file = report({ numPassedTests: passed, testResults: [] });
    expect(vitestTally({ file, code }).failures).toHaveLength(1);
  });

  test('takes a missing report for a failure', () => {
    expect(vitestTally({ file: path.join(folder, 'none.json'), code: 0 }).failures).toHaveLength(1);
  });
});

describe("Playwright's count", () => {
  test('goes through nested suites; what passed on a second try is named', () => {
    const spec = (title: string, status: string) => ({ title, file: 'x.spec.ts', tests: [{ status }] });
    const nested = {
      specs: [spec('two', 'flaky'), spec('three', 'skipped')],
      suites: [{ specs: [spec('four', 'unexpected')] }],
    };
    const file = report({ suites: [{ specs: [spec('one', 'expected')], suites: [nested] }] });
    expect(playwrightTally({ file, code: 1 })).toEqual({
      passed: 2,
      failures: ['x.spec.ts: four'],
      retried: ['x.spec.ts: two'],
    });
  });

  test('keeps errors outside of tests', () => {
    const file = report({ suites: [], errors: [{ message: 'no browser' }] });
    expect(playwrightTally({ file, code: 1 }).failures).toEqual(['Playwright: no browser']);
  });
});
