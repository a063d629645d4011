import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';

/** Flags that keep Chromium from calling home; as root it has no sandbox to offer. */
export const browserFlags = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The headless shell first: the same engine without windows, which takes a fifth less of the processor. */
const onSystem = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const run = (command: string, args: string[]): boolean =>
  spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], timeout: 240_000 }).status === 0;

function systemBrowser(): string | undefined {
  return onSystem.find((file) => existsSync(file));
}

/** Where Playwright keeps its own Chromium, if it has downloaded it. */
function ownBrowser(): string | undefined {
  const file = chromium.executablePath();
  return file !== '' && existsSync(file) ? file : undefined;
}

function installOnDebian(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  process.stderr.write("No Chromium found; installing Debian's package chromium-headless-shell …\n");
  const arguments_ = ['install', '-y', '--no-install-recommends', 'chromium-headless-shell'];
  if (!run('apt-get', arguments_)) {
    run('apt-get', ['update']);
    run('apt-get', arguments_);
  }
  return systemBrowser();
}

function download(): string | undefined {
  process.stderr.write('No Chromium found; trying the download of Playwright …\n');
  const cli = path.resolve(import.meta.dirname, '../node_modules/.bin/playwright');
  run(process.execPath, [cli, 'install', 'chromium']);
  return ownBrowser();
}

/**
 * The Chromium to test with: PLAYWRIGHT_CHROMIUM_PATH, one on the system, Playwright's own, one that can be had: from Debian,
 * else as Playwright downloads it. Throws with a sentence that says what to do when there is none.
 */
export function findBrowser(): string {
  const named = process.env.PLAYWRIGHT_CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`PLAYWRIGHT_CHROMIUM_PATH names ${named}, which is not there.`);
  }
  const found = systemBrowser() ?? ownBrowser() ?? installOnDebian() ?? download();
  if (found !== undefined) return found;
  throw new Error('There is no Chromium: install one and name it in PLAYWRIGHT_CHROMIUM_PATH.');
}
