import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesMatching, root, textOf } from './entry-files';

/** The rules of docs/architecture.md that read the text of files. Who may import whom: `.dependency-cruiser.cjs`. */

const sources = filesMatching('{app,components,lib,e2e,prisma}/**/*.{ts,tsx,mjs}', '*.{ts,js,mjs}').filter(
  (file) => !file.startsWith('lib/db/generated/'),
);
const isTest = (file: string) => /\.test\.tsx?$|^lib\/testing\/|^lib\/vendors\/testing\/|^e2e\//.test(file);
const isSimulator = (file: string) => /^lib\/vendors\/([^/]+\/)?simulator(\.ts$|\/)/.test(file);
/** Programs of their own, which Next never bundles. */
const isProgram = (file: string) => /^lib\/(commands|bench|chaos|process)\/|^prisma\/|\.mjs$/.test(file);
const libFiles = sources.filter(
  (file) => file.startsWith('lib/') && !isTest(file) && !isSimulator(file) && !isProgram(file),
);
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '$1');
const isServerOnly = (file: string) => textOf(file).startsWith("import 'server-only';");

/** What a file imports when it runs: types alone leave nothing behind. */
function importsOf(file: string): readonly string[] {
  const pattern = /^(?:import|export)\s(?!type\s)(?:[^'";]*?\sfrom\s)?['"]([^'"]+)['"]/gm;
  return [...withoutComments(textOf(file)).matchAll(pattern)].flatMap(([, name]) => name ?? []);
}

/** The file of ours that an import names, or null for a package. */
function fileOf(file: string, name: string): string | null {
  const start = name.startsWith('@/')
    ? name.slice(2)
    : name.startsWith('.')
      ? path.join(path.dirname(file), name)
      : null;
  if (start === null) return null;
  return (
    [start, `${start}.ts`, `${start}.tsx`].find((one) => existsSync(path.join(root, one)) && /\.\w+$/.test(one)) ?? null
  );
}

const isServerPackage = (name: string) =>
  /^(node:|server-only$|undici|pg$|pino|@prisma\/|next\/(headers|server)$|next-auth|@node-rs\/|rate-limiter)/.test(
    name,
  );

describe('what runs on the server stays there', () => {
  test('a file of lib that needs the server says so in its first line', () => {
    const silent = libFiles.filter((file) => {
      const needsServer = importsOf(file).some((name) => {
        const target = fileOf(file, name);
        return (
          isServerPackage(name) ||
          (target?.startsWith('lib/') === true && /\.tsx?$/.test(target) && isServerOnly(target))
        );
      });
      return needsServer && !isServerOnly(file);
    });
    expect(silent).toEqual([]);
  });

  test('components import nothing that needs the server', () => {
    const wrong = sources
      .filter((file) => file.startsWith('components/') && !isTest(file))
      .flatMap((file) =>
        importsOf(file)
          .filter((name) => isServerPackage(name) || isServerFile(fileOf(file, name)))
          .map((name) => `${file} imports ${name}`),
      );
    expect(wrong).toEqual([]);
  });

  test('the environment is read in one place', () => {
    const reading = sources.filter((file) => /\bprocess\.env\b/.test(withoutComments(textOf(file))));
    const allowed = [
      'lib/env.ts',
      // Before env() can be: where PostgreSQL keeps its files, and what a child process is started with.
      'lib/db/postgres-place.ts',
      'lib/process/end-with-parent.ts',
      'lib/process/guarded.ts',
      'lib/process/owned.ts',
      // NODE_ENV alone, which Next replaces at build time.
      'proxy.ts',
      'prisma.config.ts',
    ];
    expect(reading.filter((file) => !allowed.includes(file) && !isTest(file) && !isProgramStart(file))).toEqual([]);
  });
});

function isServerFile(file: string | null): boolean {
  return file?.startsWith('lib/') === true && /\.tsx?$/.test(file) && isServerOnly(file);
}

/** Commands make the environment of what they start. */
const isProgramStart = (file: string) => /^lib\/(commands|bench|chaos)\//.test(file);

describe('a file can be found by guessing', () => {
  test('names are kebab-case', () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|spec|config|module))?\.(ts|tsx|mjs|js|css|json|d\.ts)$/;
    const ours = filesMatching('{app,components,lib,e2e}/**/*.{ts,tsx,mjs,js,css}').filter(
      (file) => !file.startsWith('lib/db/generated/'),
    );
    expect(ours.filter((file) => !kebab.test(path.basename(file)))).toEqual([]);
  });

  test('no file or folder is called for being anything', () => {
    const vague = /(^|\/)(utils?|helpers?|misc|common|types|constants|index|shared)(\.|\/|$)/;
    expect(sources.filter((file) => vague.test(file))).toEqual([]);
  });

  test('a file exports by name, but for what Next and tools ask for', () => {
    const asked =
      /^app\/|(^|\/)[\w.-]*config\.[a-z]+$|^lib\/messages\/request\.ts$|^lib\/testing\/global-setup\.ts$|^e2e\/global-/;
    const others = sources.filter((file) => /^export default /m.test(textOf(file)) && !asked.test(file));
    expect(others).toEqual([]);
  });

  test('nothing is re-exported: one name, one place', () => {
    expect(sources.filter((file) => /^export (\*|\{[^}]*\}) from /m.test(withoutComments(textOf(file))))).toEqual([]);
  });
});

/** This file names what it looks for. */
const itself = 'lib/testing/architecture.test.ts';

describe('nothing is put off or switched off', () => {
  test('no notes for later, no checks silenced', () => {
    const marks =
      /\bTO[D]O\b|\bFIX[M]E\b|@ts-(ignore|expect-error|nocheck)|eslint-disable|\b(describe|test|it)\.(only|skip|todo)\b/;
    const marked = sources.filter((file) => file !== itself && marks.test(textOf(file)));
    expect(marked).toEqual([]);
  });

  test('a test waits for what it waits for, never for time', () => {
    const sleeping = /waitForTimeout|setTimeout\((resolve|r|done),|\bsleep\(/;
    const tests = sources.filter((file) => file !== itself && /\.(test|spec)\.tsx?$/.test(file));
    expect(tests.filter((file) => sleeping.test(withoutComments(textOf(file))))).toEqual([]);
  });
});
