import 'server-only';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { browserFlags, findBrowser } from '../../e2e/browser';
import { demoLogins } from '../../e2e/people';
import { signIn } from '../../e2e/steps';
import { ensureBuild } from '../commands/build';
import { demoConnections } from '../commands/demo-connections';
import { dataFolder } from '../commands/demo-files';
import { startSimulatorProcess } from '../commands/simulator-process';
import { type RunningApp, startApp } from '../testing/run-app';

/** The built portal with the demo's data and simulators, and a browser in which the CSP's admin is signed in. */
export interface Portal {
  readonly app: RunningApp;
  readonly browser: Browser;
  readonly page: Page;
}

/** Starts it for the time of `measure`, and leaves nothing behind. */
export async function withPortal(measure: (portal: Portal) => Promise<void>): Promise<void> {
  await ensureBuild();
  const folder = path.join(dataFolder, 'bench');
  mkdirSync(folder, { recursive: true });
  const simulators = await startSimulatorProcess({ logFile: path.join(folder, 'simulators.log'), preferred: {} });
  const app = await startApp({ connections: demoConnections(simulators.urls) });
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags });
  try {
    const context = await browser.newContext({ baseURL: app.url });
    const page = await context.newPage();
    await signIn(page, demoLogins.cspAdmin);
    await measure({ app, browser, page });
  } finally {
    await browser.close();
    await app.stop();
    await app.database.drop();
    await simulators.process.stop();
  }
}
