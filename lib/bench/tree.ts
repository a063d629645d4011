import 'server-only';
import { request } from 'undici';
import { withClient } from '../db/logins';
import type { Portal } from './portal';
import { measure, type Side } from './side';

/** The page of partners over HTTP: first load, a level opened, a search; with the demo's few partners, and with 5,000 more. */

const count = 40;
const more = 5_000;

type Question = 'first load' | 'level' | 'search';

export async function printTree({ app, page }: Portal): Promise<void> {
  const cookies = await page.context().cookies();
  const headers = { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') };
  const csp = await withClient(app.database.superUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `select id from partner where kind = 'csp' order by id limit 1`,
    );
    return rows[0]?.id ?? '';
  });
  const asks: Readonly<Record<Question, string>> = {
    'first load': '/partners',
    level: `/api/partners/children?parent=${csp}`,
    search: '/api/partners/search?q=harbor',
  };
  const few = await measureAll(asks, (path) => read(app.url + path, headers));
  await withClient(app.database.superUrl, async (client) => {
    await client.query(
      `insert into partner (id, key, name, kind, parent_id)
       select uuid_v7(), 'bench-' || n, 'Reseller ' || n, 'reseller', $1 from generate_series(1, $2) n`,
      [csp, more],
    );
    await client.query('analyze partner, partner_closure');
  });
  const many = await measureAll(asks, (path) => read(app.url + path, headers));
  console.log(`\nTree  the page of partners, one at a time: with the demo's partners, and with ${more} more below one`);
  for (const question of Object.keys(asks)) {
    const [before, after] = [few.get(question), many.get(question)];
    if (before === undefined || after === undefined) continue;
    console.log(
      `  ${question.padEnd(11)} p50 ${before.p50Ms.toFixed(1).padStart(6)} ms → ${after.p50Ms.toFixed(1).padStart(6)} ms  ${(after.p50Ms / before.p50Ms).toFixed(2)} ×`,
    );
  }
}

async function measureAll(
  asks: Readonly<Record<string, string>>,
  ask: (path: string) => Promise<void>,
): Promise<ReadonlyMap<string, Side>> {
  const sides = new Map<string, Side>();
  for (const [question, path] of Object.entries(asks)) {
    await measure({ count: 5, lanes: 1 }, () => ask(path));
    sides.set(question, await measure({ count, lanes: 1 }, () => ask(path)));
  }
  return sides;
}

async function read(url: string, headers: Readonly<Record<string, string>>): Promise<void> {
  const answer = await request(url, { headers });
  await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`${url} answered with status ${answer.statusCode}`);
}
