import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible';
import { expect } from './fixtures';

const screens = path.resolve(import.meta.dirname, '../test-results/screens');
const thorough = process.env.SCREENS === '1';

/** What lies over a page, or stands in one already looked at, has no other colours in a wide window than in a narrow one. */
type Kind = 'page' | 'part';

/** One thing changes at a time: neighbours share a width or a scheme. */
const views = [
  { width: 1440, colorScheme: 'light', rules: 'every rule', kinds: ['page', 'part'] },
  { width: 1440, colorScheme: 'dark', rules: 'colours', kinds: ['page'] },
  { width: 390, colorScheme: 'dark', rules: 'every rule', kinds: ['page', 'part'] },
  // Its layout is the third's and its colours are the first's.
  { width: 390, colorScheme: 'light', rules: 'every rule', kinds: [] },
] as const;

const viewsOf = (kind: Kind) => views.filter(({ kinds }) => thorough || kinds.some((each) => each === kind));

/** Until the scheme has come and nothing moves any more; what turns for ever is left out. */
async function settle(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.evaluate(async (scheme) => {
    const isMoving = ({ playState, effect }: Animation) =>
      playState === 'running' && effect?.getComputedTiming().endTime !== Infinity;
    // Asked frame by frame: the promise of an animation that another one replaces may never settle.
    do await new Promise(requestAnimationFrame);
    while (
      document.documentElement.getAttribute('data-mantine-color-scheme') !== scheme ||
      document.getAnimations().some(isMoving)
    );
  }, colorScheme);
}

/** As wide as asked and as tall as the page: what a fixed bar hides now is one scroll away, and no fault. */
async function unroll(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  const tall = await page.evaluate(() => document.documentElement.scrollHeight);
  if (tall > 900) await page.setViewportSize({ width, height: Math.min(tall, 12_000) });
}

/**
 * Looks at what is open now in both schemes and both widths: axe, no sideways scroll. Width moves and hides things and the
 * scheme colours them, so every rule is asked once at each width, and of a page in the other scheme what colours can break.
 * With SCREENS=1 every rule in all four views, and a picture of each.
 */
export async function look(page: Page, name: string, kind: Kind = 'page'): Promise<void> {
  // Names arrive by motion: judge what stays.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  let unrolled = 0;
  for (const { width, colorScheme, rules } of viewsOf(kind)) {
    await page.emulateMedia({ colorScheme });
    if (width !== unrolled) await unroll(page, width);
    unrolled = width;
    await settle(page, colorScheme);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `${name} scrolls sideways at ${width}`).toBeLessThanOrEqual(0);
    await expectAccessible(page, thorough ? 'every rule' : rules);
    if (thorough) {
      mkdirSync(screens, { recursive: true });
      await page.screenshot({ path: path.join(screens, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}
