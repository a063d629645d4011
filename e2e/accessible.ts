import { expect, type Page } from '@playwright/test';
import axe from 'axe-core';

const rulesOf = {
  'every rule': {
    type: 'tag',
    values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  },
  // What a colour scheme can break.
  colours: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
} satisfies Record<string, axe.RunOnly>;

/**
 * Fails when axe finds anything that the rules of WCAG 2.2 AA, or good practice, forbid; `colours` asks only the rules that
 * a colour scheme can break.
 */
export async function expectAccessible(page: Page, rules: keyof typeof rulesOf): Promise<void> {
  // It is a megabyte and a half of script, and a document keeps it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const violations = await page.evaluate(
    // No frames of others here. Loading style sheets once more serves the one rule about orientation, an experiment.
    async (runOnly) => {
      const options = { runOnly, iframes: false, preload: false, reporter: 'no-passes' } as const;
      return (await window.axe.run(document, options)).violations;
    },
    rulesOf[rules],
  );
  const found = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`).join(' | ')}`,
  );
  expect(found, `axe on ${page.url()}`).toEqual([]);
}

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}
