import { describe, expect, test } from 'vitest';
import { exportsOf, filesMatching, findDoors, isPublic, routeOf, rowNames, textOf } from './entry-files';

/** S30: the table of entry points and the files of `app` say the same, so that the matrix leaves nothing out. */

const pageFiles = filesMatching('app/**/page.tsx');
const actionFiles = filesMatching('app/**/actions.ts');
const handlerFiles = filesMatching('app/**/route.ts');
const doors = await findDoors();

/** What a page may export beside itself: what Next reads before it renders. */
const besidePage = ['default', 'generateMetadata', 'metadata', 'viewport'];

describe('S30: every file of app has its row', () => {
  test.each(pageFiles)('%s shows what its own row in the table of pages allows', async (file) => {
    const route = routeOf(file);
    const module = await exportsOf(file);
    expect(rowNames.page).toContain(route);
    expect(Object.keys(module).filter((name) => !besidePage.includes(name))).toEqual([]);
    const door = doors.find((one) => one.file === file)?.door ?? null;
    expect(door).toEqual(isPublic('page', route) ? null : { kind: 'page', name: route });
  });

  test.each(actionFiles)('%s exports wrapped actions and nothing else', async (file) => {
    expect(textOf(file)).toMatch(/^'use server';\n/);
    const module = await exportsOf(file);
    const wrapped = doors.filter((one) => one.file === file && one.door.kind === 'action');
    expect(Object.keys(module).sort()).toEqual(wrapped.map((one) => one.exportName).sort());
    expect(wrapped).not.toEqual([]);
  });

  test.each(handlerFiles)('%s answers GET as its own row in the table of handlers allows', async (file) => {
    const route = routeOf(file);
    expect(rowNames.handler).toContain(route);
    if (isPublic('handler', route)) return;
    expect(Object.keys(await exportsOf(file))).toEqual(['GET']);
    expect(doors.find((one) => one.file === file)?.door).toEqual({ kind: 'handler', name: route });
  });

  test('app holds no other kind of entry', () => {
    const known =
      /\/(page|layout|error|global-error|not-found|loading)\.tsx$|\/(actions|route)\.ts$|^app\/(icon\.svg|globals\.css)$/;
    const others = filesMatching('app/**/*.*').filter((file) => !known.test(file) && !/\/\[[^/]*\]$/.test(file));
    expect(others).toEqual([]);
  });

  test('actions live in actions.ts files of app and nowhere else', () => {
    const declaring = filesMatching('{app,components,lib}/**/*.{ts,tsx,mjs}', '*.{ts,js,mjs}')
      .filter((file) => !file.startsWith('lib/db/generated/') && !file.endsWith('.test.ts'))
      .filter((file) => /^\s*(['"])use server\1/m.test(textOf(file)));
    expect(declaring).toEqual(actionFiles);
  });
});

describe('S30: every row has its file', () => {
  test.each(rowNames.page)('page %s', (name) => {
    expect(pageFiles.map(routeOf).filter((route) => route === name)).toHaveLength(1);
  });

  test.each(rowNames.handler)('handler %s', (name) => {
    expect(handlerFiles.map(routeOf).filter((route) => route === name)).toHaveLength(1);
  });

  test.each(rowNames.action)('action %s is exported once', (name) => {
    expect(doors.filter(({ door }) => door.kind === 'action' && door.name === name)).toHaveLength(1);
  });
});
