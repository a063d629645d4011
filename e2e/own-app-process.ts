import 'server-only';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { demoConnections } from '@/lib/commands/demo-connections';
import { cloneRoot, dataFolder } from '@/lib/commands/demo-files';
import { endWithParent } from '@/lib/process/end-with-parent';
import { type Owned, startOwned, waitForAnswer } from '@/lib/process/owned';
import { type RunningApp, startApp } from '@/lib/testing/run-app';

// The other side of own-app.ts: starts, kills and restarts one portal as it is told.
await import('@/lib/testing/environment');

const questionSchema = z.object({
  act: z.enum(['start', 'kill', 'restart']),
  simulators: z.record(z.string(), z.object({ baseUrl: z.string(), tokenUrl: z.string().nullable() })).optional(),
  timeoutMs: z.number().optional(),
  withoutProxy: z.boolean().optional(),
});

const copy = path.join(dataFolder, 'apps', `${process.pid}-without-proxy`);
let app: RunningApp | undefined;
let bare: Owned | undefined;

async function end(): Promise<void> {
  const running = app;
  app = undefined;
  await bare?.kill();
  await running?.kill();
  await running?.database.drop();
  rmSync(copy, { recursive: true, force: true });
  process.exit(0);
}

/** Serves a copy of the build in which Next finds no proxy, in place of the running portal. */
async function takeProxyOut({ env, kill, logFile }: RunningApp): Promise<void> {
  await kill();
  const build = path.join(cloneRoot, '.next');
  const kept = new Set(['cache', 'trace', 'trace-build', 'types', 'turbopack', 'diagnostics']);
  cpSync(build, path.join(copy, '.next'), {
    recursive: true,
    filter: (from) => !kept.has(path.relative(build, from)) && !from.endsWith('.map'),
  });
  for (const name of ['package.json', 'next.config.js']) cpSync(path.join(cloneRoot, name), path.join(copy, name));
  const file = path.join(copy, '.next/server/functions-config-manifest.json');
  const manifest = z
    .looseObject({ functions: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(readFileSync(file, 'utf8')));
  if (manifest.functions['/_middleware'] === undefined) throw new Error('The build keeps its proxy elsewhere now.');
  delete manifest.functions['/_middleware'];
  writeFileSync(file, JSON.stringify(manifest));
  const port = env.PORT ?? '';
  bare = startOwned({
    file: 'e2e/serve-without-proxy.ts',
    args: [port, copy],
    env: { ...env, NODE_ENV: 'production' },
    logFile,
  });
  await waitForAnswer({ url: `http://127.0.0.1:${port}/api/health`, owned: bare, logFile });
}

async function answer(question: z.infer<typeof questionSchema>): Promise<string> {
  if (question.act === 'start') {
    const { timeoutMs, simulators = {} } = question;
    const connections = demoConnections(simulators).map((connection) =>
      timeoutMs === undefined ? connection : { ...connection, timeoutMs },
    );
    app = await startApp({ connections });
    if (question.withoutProxy) await takeProxyOut(app);
  } else if (app !== undefined) {
    if (question.act === 'kill') await app.kill();
    else app = await startApp({ database: app.database, env: app.env });
  }
  return app?.url ?? '';
}

process.on('message', (message) => {
  void answer(questionSchema.parse(message)).then(
    (url) => process.send?.({ url }),
    (error) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => void end());
endWithParent(() => void end());
