import { existsSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const root = import.meta.dirname;

/** The files that take longest, longest first: begun last, one of them would keep the run waiting by itself. */
const longest = [
  'lib/chaos/chaos.test.ts',
  'lib/testing/matrix.test.ts',
  'lib/testing/matrix-without-checks.test.ts',
  'lib/testing/matrix-without-security.test.ts',
  'lib/testing/rights-races.test.ts',
  'lib/testing/action-inputs.test.ts',
  'lib/db/embedded-postgres.test.ts',
  'lib/onboarding/outage.test.ts',
  'lib/jobs/worker.test.ts',
].map((file) => path.join(root, file));

/** The order of vitest, which knows no times in a fresh clone, after the files that are known to take long. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const gone = longest.filter((file) => !existsSync(file));
    if (gone.length > 0) throw new Error(`vitest.config.ts names tests that are not there: ${gone.join(', ')}`);
    const others = await super.sort(files);
    const known = longest.flatMap((file) => others.filter(({ moduleId }) => moduleId === file));
    return [...known, ...others.filter((file) => !known.includes(file))];
  }
}

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: `${root}/` },
      // Its real entry throws outside React's server condition, which only Next and our commands set.
      { find: 'server-only', replacement: path.join(root, 'node_modules/server-only/empty.js') },
    ],
  },
  test: {
    include: ['{app,components,lib,prisma}/**/*.test.{ts,tsx}'],
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    globalSetup: ['lib/testing/global-setup.ts'],
    setupFiles: ['lib/testing/environment.ts', 'lib/testing/no-console.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
