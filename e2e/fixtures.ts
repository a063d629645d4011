import { randomBytes, randomUUID } from 'node:crypto';
import {
  type BrowserContext,
  test as base,
  type ConsoleMessage,
  expect,
  type Page,
  type Response,
} from '@playwright/test';
import pg from 'pg';
import { type Cockpit, cockpitAt } from './cockpit';
import { environment } from './environment';
import { addPerson, demoLogins, type Login, type LoginName, type Person, type PersonOptions } from './people';
import { signIn } from './steps';

export { expect };

/** Begins every secret that a test makes up: found anywhere outside a request, it has leaked. */
export const canary = 'qs-canary-';

/** A password or secret that nobody else has and that can be searched for afterwards. */
export const newSecret = (): string => `${canary}${randomUUID()}`;

/** Secrets of the demo, which no answer of the portal may contain either. */
export const knownSecrets: readonly string[] = [
  ...Object.values(demoLogins).map((login) => login.password),
  'demo-secret-cloud-cockpit',
];

/** What went wrong in the browser while a test ran. */
export interface Watch {
  /** Console errors that this test provokes on purpose, such as the browser's own line about a status 404. */
  allow: (pattern: RegExp) => void;
  readonly problems: string[];
}

class BrowserWatch implements Watch {
  readonly problems: string[] = [];
  readonly #allowed: RegExp[] = [];
  readonly #reading: Promise<void>[] = [];

  allow(pattern: RegExp): void {
    this.#allowed.push(pattern);
  }

  /** Watches a context from now on, in place of the test that watched it before. */
  async follow(context: BrowserContext): Promise<void> {
    const isFollowed = followers.has(context);
    followers.set(context, this);
    if (isFollowed) return;
    const watch = () => followers.get(context) ?? this;
    context.on('console', (message) => watch().#hear(message));
    context.on('weberror', (error) => watch().problems.push(`page error: ${error.error().message}`));
    context.on('response', (response) => watch().#reading.push(watch().#read(response)));
    await context.exposeBinding('quaysideViolation', (_source, text: unknown) => {
      watch().problems.push(`content security policy: ${String(text)}`);
    });
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        const report: unknown = Reflect.get(window, 'quaysideViolation');
        if (typeof report === 'function') report(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
      });
    });
  }

  #hear(message: ConsoleMessage): void {
    if (message.type() !== 'error') return;
    const text = `${message.text()} (${message.location().url})`;
    if (!this.#allowed.some((pattern) => pattern.test(text))) this.problems.push(`console: ${text}`);
  }

  async #read(response: Response): Promise<void> {
    if (!response.url().startsWith(environment().baseUrl)) return;
    // Scripts and styles are searched on disk, once.
    if (!['document', 'fetch', 'xhr', 'other'].includes(response.request().resourceType())) return;
    const body = await response.text().catch(() => '');
    const found = [canary, ...knownSecrets].find((secret) => body.includes(secret));
    if (found !== undefined) this.problems.push(`secret ${found}… in the answer of ${response.url()}`);
  }

  async finish(): Promise<readonly string[]> {
    await Promise.all(this.#reading);
    return this.problems;
  }
}

/** Which test watches a context: those of the demo's people serve one test after the other. */
const followers = new WeakMap<BrowserContext, BrowserWatch>();

interface TestFixtures {
  watch: BrowserWatch;
  /** A page of a new browser that nobody has signed in to. */
  newPage: () => Promise<Page>;
  /** A page signed in as one of the demo's people; session and browser are shared with other tests, so never end them. */
  pageOf: (who: LoginName) => Promise<Page>;
  /** A page signed in through the form by itself: this session may be ended. */
  signedIn: (login: Login) => Promise<Page>;
  /** Somebody of this test's own, whose account may be changed. */
  newPerson: (options: PersonOptions) => Promise<Person>;
  /** A customer's name that no other test has, and that the vendor's rules allow. */
  newName: (ending?: string) => string;
  /** The simulated Cloud Cockpit, over HTTP. */
  cockpit: Cockpit;
  /** The portal's database as its superuser: for what no login of ours may see. */
  database: pg.Pool;
}

interface WorkerFixtures {
  /** A browser for each of the demo's people: what it has loaded once, every test after that has at hand. */
  contexts: Map<LoginName, BrowserContext>;
  superuser: pg.Pool;
}

const syllables = ['ba', 'ce', 'di', 'fo', 'gu', 'ha', 'je', 'ki', 'lo', 'mu', 'na', 'pe', 'ri', 'so', 'tu', 'va'];

/** A word to say aloud, without three equal letters in a row. */
function newWord(): string {
  const word = [...randomBytes(3)].map((byte) => `${syllables[byte >> 4]}${syllables[byte & 15]}`).join('');
  return word.charAt(0).toUpperCase() + word.slice(1);
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  contexts: [async ({}, use) => use(new Map()), { scope: 'worker' }],

  superuser: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => {
      const pool = new pg.Pool({ connectionString: environment().database.superUrl, max: 2 });
      await use(pool);
      await pool.end();
    },
    { scope: 'worker' },
  ],

  watch: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => {
      const watch = new BrowserWatch();
      await use(watch);
      expect(await watch.finish(), 'nothing went wrong in the browser').toEqual([]);
    },
    { auto: true },
  ],

  context: async ({ context, watch }, use) => {
    await watch.follow(context);
    await use(context);
  },

  newPage: async ({ browser, watch, contextOptions }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ ...contextOptions, baseURL: environment().baseUrl });
      contexts.push(context);
      await watch.follow(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },

  signedIn: async ({ newPage }, use) => {
    await use(async (login) => {
      const page = await newPage();
      await signIn(page, login);
      return page;
    });
  },

  pageOf: async ({ browser, watch, contextOptions, contexts }, use) => {
    await use(async (who) => {
      const known = contexts.get(who);
      const context = known ?? (await browser.newContext({ ...contextOptions, baseURL: environment().baseUrl }));
      await watch.follow(context);
      const page = await context.newPage();
      if (known === undefined) await signIn(page, demoLogins[who]);
      contexts.set(who, context);
      return page;
    });
    for (const context of contexts.values()) for (const page of context.pages()) await page.close();
  },

  newPerson: async ({ superuser }, use) => {
    await use((options) => addPerson(superuser, { ...options, word: newWord(), password: newSecret() }));
  },

  // biome-ignore lint/correctness/noEmptyPattern: as above.
  newName: async ({}, use) => {
    await use((ending) => [newWord(), newWord(), ending ?? 'Lda'].join(' '));
  },

  // biome-ignore lint/correctness/noEmptyPattern: as above.
  cockpit: async ({}, use) => {
    await use(cockpitAt(environment().simulators['cloud-cockpit']?.baseUrl ?? ''));
  },

  database: async ({ superuser }, use) => use(superuser),
});
