import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { browserFlags, findBrowser } from './browser';
import { environment } from './environment';

const root = path.resolve(import.meta.dirname, '..');
const inWorker = process.env.QUAYSIDE_E2E !== undefined;

export default defineConfig({
  testDir: import.meta.dirname,
  testMatch: '**/*.spec.ts',
  globalSetup: path.join(import.meta.dirname, 'global-setup.ts'),
  outputDir: path.join(root, 'test-results'),
  forbidOnly: true,
  fullyParallel: false,
  workers: 2,
  // One more try, and it is printed as flaky: the machine may be busy with other things.
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  // Last, whatever became of the others: what the whole run has left behind is searched for secrets.
  projects: [
    { name: 'portal', testIgnore: '**/canary.spec.ts', teardown: 'canary' },
    { name: 'canary', testMatch: '**/canary.spec.ts' },
  ],
  use: {
    // Known once the setup has run; workers read this file again.
    ...(inWorker ? { baseURL: environment().baseUrl } : {}),
    browserName: 'chromium',
    actionTimeout: 15_000,
    launchOptions: { executablePath: findBrowser(), args: browserFlags },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    // A trace of every test costs a third of the run; ask for it to look into a failure.
    trace: process.env.TRACE === '1' ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
  },
});
