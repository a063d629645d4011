import { existsSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const root = import.meta.dirname;

const everywhere = '{app,components,lib,prisma}/**/*.test.{ts,tsx}';

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
  'lib/onboarding/services-weather.test.ts',
  'lib/onboarding/four-vendors.test.ts',
  'lib/onboarding/weather.test.ts',
].map((file) => path.join(root, file));

/** The files that put something else in a module's place, or are about a process's own start: they begin with a fresh one. */
const alone = [
  'lib/commands/*.test.ts',
  'lib/auth/{session,sign-in}.test.ts',
  'lib/testing/{action-inputs,rights-races,rights-races-of-vendor-acts,shared-connections}.test.ts',
  'lib/testing/matrix*.test.ts',
];

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
    projects: [
      { extends: true, test: { name: 'alone', include: alone } },
      // Loading what a file needs costs a second; those that share a process load it once.
      {
        extends: true,
        test: { name: 'together', include: [everywhere], exclude: alone, isolate: false },
      },
    ],
    pool: 'forks',
    // One more than cores: most wait for PostgreSQL or a fault half of their time.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    globalSetup: ['lib/testing/global-setup.ts'],
    setupFiles: ['lib/testing/environment.ts', 'lib/testing/no-console.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
