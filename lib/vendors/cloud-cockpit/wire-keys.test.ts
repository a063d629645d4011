import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { zeus } from '../testing/zeus';
import { cloudCockpitInputSchema, emptyCloudCockpitInput } from './input';
import { toFormField } from './wire-keys';

const first = 'cb3cd15b-1d6e-45be-b493-c71549cbfd87';
const second = '2c8a54a4-51c3-4b7f-9a51-7f7d54d7a9b2';
const one = cloudCockpitInputSchema.parse({
  companyName: 'Typed for the vendor',
  providerCustomers: [
    {
      providerInstanceId: first,
      data: { email: 'typed@zeus.example' },
      offerTypeMargins: [
        { offerType: 'license', rule: 'markup', value: 1 },
        { offerType: 'azurePlan', rule: 'markup', value: 2 },
      ],
    },
  ],
});
const two = {
  ...one,
  providerCustomers: [...one.providerCustomers, { ...one.providerCustomers[0], providerInstanceId: second }],
};
const twoParsed = cloudCockpitInputSchema.parse(two);

const rows: readonly (readonly [string, string | null])[] = [
  // the vendor's name for it, our field
  ['CompanyName', 'companyName'],
  ['companyName', 'companyName'],
  ['COMPANYNAME', 'companyName'],
  ['$.companyName', 'companyName'],
  ['customer.CompanyName', 'companyName'],
  ['CustomerViewModel.CompanyName', 'companyName'],
  ['Company.Name', 'companyName'],
  // left empty in this section, so the shared fact is where it is mended
  ['TaxId', 'customer.taxId'],
  ['Country', 'customer.country'],
  ['Zip', 'customer.zip'],
  ['ZipCode', 'customer.zip'],
  ['Email', 'customer.email'],
  ['Phone', 'customer.phone'],
  ['Id', 'id'],
  ['InternalIdentifier', 'internalIdentifier'],
  ['ResellerId', 'resellerId'],
  ['ProviderCustomers', 'providerCustomers.0'],
  [`ProviderCustomers[${first}]`, 'providerCustomers.0'],
  [`providerCustomers.${first}.providerName`, 'providerCustomers.0.providerName'],
  [`ProviderCustomers['${first}'].ProviderCustomerId`, 'providerCustomers.0.providerCustomerId'],
  [`ProviderCustomers[${first.toUpperCase()}].Margin.Value`, 'providerCustomers.0.margin.value'],
  [`ProviderCustomers[${first}].Margin.MarginRule.Name`, 'providerCustomers.0.margin.rule'],
  [`ProviderCustomers[${first}].ProviderCustomerData.Domain`, 'providerCustomers.0.data.domain'],
  [`ProviderCustomers[${first}].ProviderCustomerData.Email`, 'providerCustomers.0.data.email'],
  [`ProviderCustomers[${first}].ProviderCustomerData.FirstName`, 'customer.firstName'],
  [`ProviderCustomers[${first}].ProviderCustomerData.CredentialsEmail`, 'customer.email'],
  [
    `ProviderCustomers[${first}].OfferTypeMargins.Value.AzurePlan.Value`,
    'providerCustomers.0.offerTypeMargins.1.value',
  ],
  [
    `ProviderCustomers[${first}].OfferTypeMargins.Value[License].MarginRule.Name`,
    'providerCustomers.0.offerTypeMargins.0.rule',
  ],
  [`ProviderCustomers[${first}].MicrosoftCustomerAgreement.Status.Name`, 'providerCustomers.0.agreement.status'],
  [`ProviderCustomers[${first}].MicrosoftCustomerAgreement.DateAgreed`, 'providerCustomers.0.agreement.dateAgreed'],
  [`ProviderCustomers[${first}].Nonsense`, 'providerCustomers.0'],
  ['ProviderCustomers[0].ProviderName', 'providerCustomers.0.providerName'],
  ['ProviderCustomers[7].ProviderName', 'providerCustomers.0.providerName'],
  ['Domain', 'providerCustomers.0.data.domain'],
  ['AcceptedMCA', 'providerCustomers.0.data.acceptedMca'],
  ['ProviderCustomerData.AgreementDate', 'providerCustomers.0.data.agreementDate'],
  ['CustomerAssociations[1].Name', 'customerAssociations.1.name'],
  ['Nonsense', null],
  ['', null],
  ['$', null],
  ['__proto__', null],
  ['constructor.name', null],
];

describe(`the vendor's field names lead to ours (${rows.length} names)`, () => {
  test.each(rows)('%j → %j', (name, field) => {
    expect(toFormField(name, zeus, one)).toBe(field);
  });

  test('with two instances the row is told by the id, and a bare inner name is not guessed', () => {
    const path = `ProviderCustomers[${second}].ProviderCustomerData.Domain`;
    expect(toFormField(path, zeus, twoParsed)).toBe('providerCustomers.1.data.domain');
    expect(toFormField('Domain', zeus, twoParsed)).toBeNull();
    expect(toFormField('ProviderCustomers[f574cf12].ProviderName', zeus, twoParsed)).toBeNull();
  });

  test('whatever the vendor calls a field, it is a field of ours or null: 5,000 random names', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '__proto__',
        'constructor',
        'ProviderCustomers',
        first,
        'Value',
        'toString',
        '0',
        'OfferTypeMargins',
      ),
    );
    const property = fc.array(part, { maxLength: 6 }).map((parts) => parts.join('.'));
    fc.assert(
      fc.property(property, (name) => {
        const field = toFormField(name, zeus, one);
        expect(field === null || /^[a-zA-Z0-9.]+$/.test(field)).toBe(true);
      }),
      { numRuns: 5000, seed: 20261120 },
    );
  });

  test('without a provider there is none to point at', () => {
    expect(toFormField(`ProviderCustomers[${first}].Margin.Value`, zeus, emptyCloudCockpitInput)).toBeNull();
  });
});
