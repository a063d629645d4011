import { MantineProvider } from '@mantine/core';
import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { FormProvider, useForm } from 'react-hook-form';
import { describe, expect, test } from 'vitest';
import { catalogue } from '@/lib/messages/catalogue';
import { cloudlxInputSchema } from '@/lib/vendors/cloudlx/input';
import { zeus } from '@/lib/vendors/testing/zeus';
import { RealmFields } from './realm-fields';
import { CloudlxSection } from './section';
import type { SectionValues } from './section-values';
import { toNumbers, withNumber } from './to-numbers';

const nothing = () => undefined;

const draw = (what: ReactNode) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={catalogue} timeZone="UTC">
      <MantineProvider>{what}</MantineProvider>
    </NextIntlClientProvider>,
  );

const section = ({ country = 'PT', ...typed }: { country?: string; currency?: string; email?: string } = {}) =>
  draw(
    <CloudlxSection
      connection={{
        connectionId: 'c-1',
        name: 'CloudLX',
        vendor: 'cloudlx',
        ownerName: 'Ridge IT',
        shared: true,
        sandbox: true,
        unusable: null,
        resting: false,
        mappingId: null,
        mappingName: null,
        own: null,
        profile: null,
      }}
      initial={cloudlxInputSchema.parse(typed)}
      facts={{ ...zeus, country }}
      countries={[{ value: 'PT', label: 'Portugal' }]}
      timeZone="UTC"
      answers={[]}
      partnerId="p-1"
      initialSecrets={{}}
      onInitialSecrets={nothing}
      lint={() => []}
      findingWords={() => ''}
      onChange={nothing}
      onReady={nothing}
    />,
  );

function Realms() {
  const input = cloudlxInputSchema.parse({ realms: ['1'] });
  const form = useForm<SectionValues>({ defaultValues: { 'c-1': input } });
  return (
    <FormProvider {...form}>
      <RealmFields at="c-1" timeZone="UTC" />
    </FormProvider>
  );
}

describe('CloudLX’s section', () => {
  test('company and first user come from the shared facts, the role group is Admin', () => {
    const html = section();
    for (const value of ['Zeus &amp; Sons', 'ana@zeus.example', 'Ana', 'Silva', 'Portugal', 'placeholder="Admin"']) {
      expect(html).toContain(value);
    }
    for (const field of ['name', 'country', 'email', 'firstName', 'lastName', 'roleGroup'] as const) {
      expect(html).toContain(catalogue.cloudlx.fields[field].label);
    }
    expect(section({ email: 'other@zeus.example' })).toContain('id="field-c-1-email"');
  });

  test('the currency follows the country, and has to be chosen where that does not tell it', () => {
    expect(section()).toContain('EUR, by the country');
    expect(section()).not.toContain('id="field-c-1-currency"');
    expect(section({ country: 'AR' })).toMatch(/<select[^>]*id="field-c-1-currency"[^>]*aria-required="true"/);
    expect(section({ currency: 'USD' })).toMatch(/<option value="USD"[^>]*>USD</);
  });

  test('while the lists are being read that is said, and numbers can be typed instead', () => {
    const html = draw(<Realms />);
    expect(html.split(catalogue.cloudlx.realms.reading).length).toBe(3);
    expect(html.split(catalogue.cloudlx.realms.typeInstead).length).toBe(3);
    for (const field of ['realms', 'shownSubRealms']) expect(html).toContain(`id="field-c-1-${field}"`);
  });
});

describe('a list of numbers', () => {
  test('holds each once, in the order in which they were chosen', () => {
    expect(withNumber(['1', '2'], '1', true)).toEqual(['2', '1']);
    expect(withNumber(['1', '2'], '1', false)).toEqual(['2']);
    expect(withNumber([], '7', false)).toEqual([]);
  });

  test('is empty where the form holds something else', () => {
    expect([toNumbers(undefined), toNumbers('1'), toNumbers(['1', 2, null])]).toEqual([[], [], ['1']]);
  });
});
