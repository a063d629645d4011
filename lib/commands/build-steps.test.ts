import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { toBuildStep } from './build-steps';
import { followFile } from './follow-file';

test('a build’s steps are told in words, its other lines are not', () => {
  const lines = [
    '▲ Next.js 16.4.6 (Turbopack)',
    '  Creating an optimized production build ...',
    '✓ Compiled successfully in 18.7s',
    '  Skipping validation of types',
    '  Collecting page data using 1 worker ...',
    '  Generating static pages using 1 worker (5/21) ',
    '✓ Generating static pages using 1 worker (21/21) in 473ms',
    '  Finalizing page optimization ...',
    '├ ƒ /audit',
    '',
  ];
  expect(lines.flatMap((line) => toBuildStep(line) ?? [])).toEqual([
    'compiling the portal …',
    'compiled in 18.7s',
    'collecting the pages …',
    'prepared 5 of 21 pages',
    'prepared 21 of 21 pages',
    'finishing …',
  ]);
});

test('lines of a log come while it is written, each once and whole, the last of them at the end', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-follow-'));
  try {
    const file = path.join(folder, 'a.log');
    writeFileSync(file, 'one\ntw');
    const seen: string[] = [];
    const end = followFile(file, (line) => seen.push(line));
    await vi.waitFor(() => expect(seen).toEqual(['one']));
    appendFileSync(file, 'o …\nthr');
    await vi.waitFor(() => expect(seen).toEqual(['one', 'two …']));
    appendFileSync(file, 'ee\n');
    end();
    expect(seen).toEqual(['one', 'two …', 'three']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
