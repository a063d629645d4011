import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { catalogue } from '@/lib/messages/catalogue';
import type { LookUpsView } from '@/lib/onboarding/record-view';
import { LookUps } from './look-ups';

const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000 + 1_000).toISOString();

const none: LookUpsView = {
  done: 0,
  lastAt: null,
  lastAnswer: null,
  nextAt: minutesFromNow(2),
  late: false,
  byKey: true,
  seen: null,
  candidates: [],
};
const once: LookUpsView = { ...none, done: 1, lastAt: minutesFromNow(-3), lastAnswer: 'not-found' };

/** What a person reads, without markup. */
const read = (lookUps: LookUpsView | null, attempt: Partial<Parameters<typeof LookUps>[0]['attempt']> = {}) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={catalogue} timeZone="UTC">
      <LookUps
        attempt={{
          ...{ vendor: 'cloud-cockpit', operation: 'create-customer', service: null, state: 'unknown', lookUps },
          ...attempt,
        }}
        timeZone="UTC"
      />
    </NextIntlClientProvider>,
  )
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ([.:])/g, '$1')
    .trim();

test('before the first look-up it says when', () => {
  expect(read(none)).toBe('Quayside looks at Cloud Cockpit by itself in 2 min.');
});

test.each([
  { lookUps: once, words: 'no customer there carries our key.' },
  { lookUps: { ...once, byKey: false }, words: 'Cloud Cockpit has no place for our key, so only a person can tell' },
  { lookUps: { ...once, lastAnswer: 'several' as const }, words: 'more than one customer there carries our key.' },
  { lookUps: { ...once, lastAnswer: 'taken' as const }, words: 'is linked to another one here.' },
  {
    lookUps: { ...once, lastAnswer: 'skipped' as const },
    words: 'it did not ask, as the connection cannot be used now.',
  },
  { lookUps: { ...once, lastAnswer: 'failed' as const }, words: 'it could not be read.' },
])('it says what came of the last one: $words', ({ lookUps, words }) => {
  const text = read(lookUps);
  expect(text).toContain('Quayside has looked at Cloud Cockpit by itself once, last');
  expect(text).toContain(words);
  expect(text).toContain('It looks again in 2 min.');
});

test('after the last it says that a person decides, with what looks alike', () => {
  const candidates = [
    { vendorId: 'vendor-id-1', match: 'email' },
    { vendorId: 'vendor-id-2', match: 'name' },
  ] as const;
  const text = read({ ...once, done: 4, nextAt: null, candidates });
  expect(text).toContain('by itself 4 times');
  expect(text).toContain('2 customers there look alike:');
  expect(text).toContain('same e-mail address');
  expect(text).toContain('It does not look again: a person decides.');
});

test('it says when no worker comes to it', () => {
  expect(read({ ...none, nextAt: minutesFromNow(-9), late: true })).toBe(
    'The next look-up at Cloud Cockpit is overdue: no worker has come to it. You need not wait for it.',
  );
});

test('it says nothing of what is not unknown', () => {
  expect(read(once, { state: 'succeeded' })).toBe('');
  expect(read(null)).toBe('');
});

test('of a partner it speaks of partners', () => {
  const text = read({ ...once, candidates: [{ vendorId: '7', match: 'name' }] }, { operation: 'add-partner' });
  expect(text).toContain('no partner there carries our key.');
  expect(text).toContain('1 partner there looks alike:');
});

const facts = { model: 'Trial', storage: 'Amazon S3', expires: '2027-03-31T00:00:00Z' };
test.each([
  { there: [], before: 0, words: 'the customer does not show Fly.' },
  { there: [facts], before: 0, words: 'the customer has Fly, and did not when the plan was made.' },
  { there: [facts, facts], before: 1, words: 'the customer has Fly more often than when the plan was made.' },
  { there: [facts], before: 1, words: 'the customer has Fly, as when the plan was made.' },
  { there: [facts], before: null, words: 'the customer has Fly, and nobody could look when the plan was made.' },
])('of a service it says what was seen, and that it proves nothing: $words', ({ there, before, words }) => {
  const lookUps: LookUpsView = {
    ...once,
    done: 4,
    nextAt: null,
    byKey: false,
    lastAnswer: 'seen',
    seen: { there, before },
  };
  const text = read(lookUps, { vendor: 'avepoint', operation: 'add-service', service: 'Fly' });
  expect(text).toContain(words);
  expect(text).toContain('That is no proof:');
  expect(text.includes('Trial · Amazon S3 · expires 31 Mar 2027')).toBe(there.length > 0);
  expect(text).toContain('It does not look again: a person decides.');
});
