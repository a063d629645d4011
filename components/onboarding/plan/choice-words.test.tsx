import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { rememberNames } from '@/components/vendors/looked-up-names';
import { catalogue } from '@/lib/messages/catalogue';
import { dataCenters } from '@/lib/vendors/avepoint/vocabulary';
import { emptyCoveInput } from '@/lib/vendors/cove/input';
import type { VendorKey } from '@/lib/vendors/vendor';
import { useChoiceWords } from './choice-words';
import { TypedList } from './typed-list';
import { toTyped } from './typed-values';

interface Section {
  readonly vendor: VendorKey;
  readonly input: Readonly<Record<string, unknown>>;
  readonly before?: unknown;
}

function Typed({ vendor, input, before = {} }: Section) {
  const words = useChoiceWords();
  return (
    <TypedList
      typed={toTyped(input, before)}
      labelOf={(path) => path}
      nameOf={(path, value) => words({ vendor, connectionId: 'c-1', input }, path, value)}
    />
  );
}

/** What a person reads, without markup. */
const read = (section: Section) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={catalogue} timeZone="UTC">
      <Typed {...section} />
    </NextIntlClientProvider>,
  )
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

test('a data centre and a country are named, with what is sent beside them', () => {
  const id = dataCenters.find(({ region }) => region === 'North Europe')?.id ?? '';
  expect(read({ vendor: 'avepoint', input: { dataCenter: id, countryCode: 'PT' } })).toBe(
    `dataCenter North Europe ${id} countryCode Portugal PT`,
  );
});

test('what was picked from a list of the vendor is named as the list named it, else it is its id', () => {
  rememberNames('c-1', 'realms', [{ value: '7', label: 'Microsoft CSP', detail: null }]);
  rememberNames('c-2', 'realms', [{ value: '8', label: 'Of another connection', detail: null }]);
  expect(read({ vendor: 'cloudlx', input: { realms: ['7', '8'] } })).toBe('realms Microsoft CSP 7 8');
});

test("Cove's level, state and service are shown in words, though nobody changed them", () => {
  expect(read({ vendor: 'cove', input: emptyCoveInput, before: emptyCoveInput })).toBe(
    [
      `level ${catalogue.cove.level.EndCustomer} EndCustomer`,
      `serviceType ${catalogue.cove.serviceType.AllInclusive} AllInclusive`,
      `childServiceTypes ${catalogue.cove.serviceType.AllInclusive} AllInclusive`,
      `state ${catalogue.cove.state.InProduction} InProduction`,
    ].join(' '),
  );
});
