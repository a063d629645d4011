import 'server-only';
import type { Request } from '@playwright/test';
import { request } from 'undici';
import { v7 as uuidv7 } from 'uuid';
import { expectCount, openForm, reviewPlan, submitButton, typeCustomer } from '../../e2e/steps';
import { startLiterals } from './literals';
import type { Portal } from './portal';
import { measure, median, type Side } from './side';

/** P4 and P5: what the portal answers, over HTTP, beside the least that it could answer. */

const lanes = 8;
const count = 240;
const rounds = 3;

interface Captured {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the browser sent, to be sent again with another intent in it. */
async function capture(sent: Request): Promise<Captured> {
  const headers = await sent.allHeaders();
  const kept = Object.entries(headers).filter(([name]) => !/^(:|host$|content-length$|accept-encoding$)/.test(name));
  return { url: sent.url(), headers: Object.fromEntries(kept), body: sent.postData() ?? '' };
}

async function post({ url, headers, body }: Captured): Promise<string> {
  const answer = await request(url, { method: 'POST', headers, body });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`an action answered with status ${answer.statusCode}`);
  return text;
}

/** The submit action beside one that ends at its own parse: session, origin, schema, nothing else. */
export async function printSubmits({ page }: Portal): Promise<void> {
  const { plan, submit, first, name } = await captureSubmit(page);
  const again = (captured: Captured, id: string, change: (body: string) => string = (body) => body): Captured => ({
    ...captured,
    body: change(captured.body.replaceAll(first, id).replaceAll(name, `${name} ${word(id)}`)),
  });
  const hashIn = (text: string) => /"planHash":"([0-9a-f]{64})"/.exec(text)?.[1] ?? '';
  const oldHash = hashIn(submit.body);
  const submits: Side[] = [];
  const empties: Side[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const ready: Captured[] = [];
    for (let index = 0; index < count; index += 1) {
      const id = uuidv7();
      const hash = hashIn(await post(again(plan, id)));
      ready.push(again(submit, id, (body) => body.replaceAll(oldHash, hash)));
    }
    empties.push(await measure({ count, lanes }, async () => void (await post({ ...submit, body: '[{}]' }))));
    submits.push(
      await measure({ count, lanes }, async (index) => {
        const one = ready[index];
        if (one === undefined || !(await post(one)).includes('"opened"')) throw new Error('a submit opened nothing');
      }),
    );
  }
  const [empty, whole] = [median(empties), median(submits)];
  console.log('\nP4  submit action beside the same action with nothing in it, over HTTP, 8 at a time');
  row('empty', empty);
  row('submit', whole);
  console.log(`  ratio ${(whole.perSecond / empty.perSecond).toFixed(2)} × (goal ≥ 0.50)`);
}

/** Letters of an id, none of them thrice in a row: a name of its own. */
const word = (id: string) => id.slice(-12).replace(/(.)(?=\1)/g, '$1x');

async function captureSubmit(page: Portal['page']) {
  const name = 'Bench Harbour';
  const first = await openForm(page);
  await typeCustomer(page, name);
  const actions: Request[] = [];
  page.on('request', (sent) => {
    if (sent.method() === 'POST' && sent.headers()['next-action'] !== undefined) actions.push(sent);
  });
  await reviewPlan(page, name);
  const planned = actions.at(-1);
  await submitButton(page, name).click();
  await expectCount(page, '1 succeeded');
  const submitted = actions.find((sent) => sent.postData()?.includes('planHash') === true);
  if (planned === undefined || submitted === undefined) throw new Error('the browser sent no plan or no submit');
  return { plan: await capture(planned), submit: await capture(submitted), first, name };
}

/** The attempts page with fifty rows beside the same page with the same rows as literals. */
export async function printPages({ app, page }: Portal): Promise<void> {
  const cookies = await page.context().cookies();
  const headers = { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '), accept: 'text/html' };
  const read = async (url: string) => {
    const path = '/attempts';
    const answer = await request(url + path, { headers });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`${path} answered with status ${answer.statusCode}`);
    return text;
  };
  const literals = await startLiterals(app);
  try {
    const sides: Record<'literals' | 'attempts', Side[]> = { literals: [], attempts: [] };
    for (const url of [literals.url, app.url]) await measure({ count: 60, lanes }, async () => void (await read(url)));
    for (let round = 0; round < rounds; round += 1) {
      sides.literals.push(await measure({ count, lanes }, async () => void (await read(literals.url))));
      sides.attempts.push(await measure({ count, lanes }, async () => void (await read(app.url))));
    }
    const [known, attempts] = [median(sides.literals), median(sides.attempts)];
    console.log('\nP5  attempts page beside the same page with the same rows as literals, 8 at a time');
    row('literals', known);
    row('attempts', attempts);
    console.log(`  ratio ${(attempts.perSecond / known.perSecond).toFixed(2)} × (goal ≥ 0.80)`);
  } finally {
    await literals.stop();
  }
}

function row(name: string, side: Side): void {
  console.log(
    `  ${name.padEnd(8)} ${side.perSecond.toFixed(0).padStart(6)}/s  p50 ${side.p50Ms.toFixed(1)} ms  p99 ${side.p99Ms.toFixed(1)} ms`,
  );
}
