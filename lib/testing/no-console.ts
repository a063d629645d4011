import { format } from 'node:util';
import { afterEach, beforeEach } from 'vitest';

// Something written to console.error or console.warn is a fault that nobody asserted: the test that did it fails.
let written: string[] = [];

beforeEach(() => {
  written = [];
  for (const level of ['error', 'warn'] as const) {
    console[level] = (...words: unknown[]) => {
      written.push(`console.${level}: ${format(...words)}`);
    };
  }
});

afterEach(() => {
  if (written.length > 0) throw new Error(`The test wrote to the console.\n${written.join('\n')}`);
});
