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
  candidates: [],
};
const once: LookUpsView = { ...none, done: 1, lastAt: minutesFromNow(-3), lastAnswer: 'not-found' };

/** What a person reads, without markup. */
const read = (lookUps: LookUpsView | null, state: 'unknown' | 'succeeded' = 'unknown') =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={catalogue} timeZone="UTC">
      <LookUps attempt={{ vendor: 'cloud-cockpit', state, lookUps }} timeZone="UTC" />
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
  { lookUps: { ...once, lastAnswer: 'taken' as const }, words: 'is linked to another customer here.' },
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
  expect(read(once, 'succeeded')).toBe('');
  expect(read(null)).toBe('');
});
