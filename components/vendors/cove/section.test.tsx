import { MantineProvider } from '@mantine/core';
import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { fieldId } from '@/components/form/field-id';
import { catalogue } from '@/lib/messages/catalogue';
import { coveInputSchema } from '@/lib/vendors/cove/input';
import { wireKeys } from '@/lib/vendors/cove/wire-keys';
import { zeus } from '@/lib/vendors/testing/zeus';
import type { NamedAtVendor } from '@/lib/vendors/vendor-lookups';
import { CoveSection } from './section';

const nothing = () => undefined;

interface Mapping {
  readonly own?: NamedAtVendor;
  readonly mappingId: string | null;
  readonly mappingName: string | null;
}

const none: Mapping = { mappingId: null, mappingName: null };

const section = (typed: unknown = {}, mapping: Mapping = none) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={catalogue} timeZone="UTC">
      <MantineProvider>
        <CoveSection
          connection={{
            connectionId: 'c-1',
            name: 'Cove',
            vendor: 'cove',
            ownerName: 'Ridge IT',
            shared: true,
            sandbox: true,
            unusable: null,
            resting: false,
            profile: null,
            own: null,
            ...mapping,
          }}
          initial={coveInputSchema.parse(typed)}
          facts={zeus}
          countries={[
            { value: 'PT', label: 'Portugal' },
            { value: 'GR', label: 'Greece' },
          ]}
          timeZone="UTC"
          answers={[]}
          partnerId="p-1"
          initialSecrets={{}}
          onInitialSecrets={nothing}
          lint={() => []}
          findingWords={() => ''}
          onChange={nothing}
          onReady={nothing}
        />
      </MantineProvider>
    </NextIntlClientProvider>,
  );

const filled = {
  name: 'Zeus at Cove',
  deviceCountry: 'GR',
  company: {
    ...{ country: 'GR', state: 'x', district: 'x', city: 'x', zipCode: 'x', address: 'x', phoneNumber: 'x' },
    ...{ faxNumber: 'x', websiteAddress: 'x', legalCompanyName: 'x', chamberOfCommerceNumber: 'x', vatNumber: 'x' },
    ...{ bankAccountNumber: 'x', billingContactPersonId: '1' },
  },
};

describe('Cove’s section', () => {
  test.each(Object.entries(wireKeys))('%s has a control', (_key, { control }) => {
    expect(section(filled)).toContain(`id="${fieldId(`c-1.${control}`)}"`);
  });

  test('createDefaultAccount has a control, and is not ticked', () => {
    expect(section()).toMatch(/<input(?=[^>]*id="field-c-1-createDefaultAccount")(?![^>]*checked)[^>]*>/);
  });

  test('nothing has to be typed: company and address come from the shared facts', () => {
    const html = section();
    for (const value of ['Zeus &amp; Sons', 'Zeus &amp; Sons Lda', 'PT509999999', 'Rua do Porto 1', 'Portugal']) {
      expect(html).toContain(value);
    }
    expect(html).not.toContain(`id="${fieldId('c-1.company.vatNumber')}"`);
  });

  test('the parent is the mapping’s, else the connection’s own, else the one picked', () => {
    expect(section()).toContain(catalogue.cove.derived.own);
    const known = section({}, { ...none, own: { id: '50100', name: 'Ridge IT' } });
    expect(known).toContain('Ridge IT, the connection’s own partner');
    expect(known).toContain('50100');
    const mapped = { mappingId: '50210', mappingName: 'Harbor Cloud' };
    expect(section({}, mapped)).toContain('Harbor Cloud');
    const html = section({ parentId: '50211', parentName: 'Harbor Cloud Schools', parentLevel: 'Reseller' }, mapped);
    expect(html).toContain('Harbor Cloud Schools · Reseller');
    expect(html).toContain('Back to Harbor Cloud');
  });

  test('a level that is not below the parent’s stays visible, with the reason', () => {
    const html = section({ parentId: '1', parentLevel: 'Reseller' });
    expect(html).toMatch(/<option value="Reseller" disabled="">Reseller \(not below the parent\)/);
    expect(html).toMatch(/<option value="EndCustomer"[^>]*>End customer</);
    expect(html).not.toMatch(/<option value="EndCustomer" disabled/);
  });
});
