import { describe, expect, test } from 'vitest';
import { contextOf, zeus } from '../testing/zeus';
import { secretMarker } from '../vendor';
import { newPartnerSchema } from './contract';
import { toDraft, toPlannedBody } from './create-body';
import { type CoveInput, coveInputSchema } from './input';
import { ownParentMarker } from './vocabulary';
import { toFormField, wireKeys } from './wire-keys';

const call = { correlationId: '0198c2aa-0000-7000-8000-000000007f3a' };
const partnerOf = (input: Partial<Record<keyof CoveInput, unknown>> = {}, facts = zeus) =>
  toDraft(facts, coveInputSchema.parse(input), contextOf(call)).partner;

/** Reads a path such as `Company.PostAddress.Country`. */
function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((held, key) => {
    return typeof held === 'object' && held !== null ? new Map(Object.entries(held)).get(key) : undefined;
  }, value);
}

describe('every field of the founding document has a place in the request', () => {
  // Field of the seed's tables, what is typed in our form, what is sent, what an empty form sends.
  const rows: readonly (readonly [string, Record<string, unknown>, unknown, unknown])[] = [
    ['Name', { name: 'Zeus at Cove' }, 'Zeus at Cove', 'Zeus & Sons'],
    ['Level', { level: 'Reseller' }, 'Reseller', 'EndCustomer'],
    ['ServiceType', { serviceType: 'SoftwareOnly' }, 'SoftwareOnly', 'AllInclusive'],
    ['ChildServiceTypes', { childServiceTypes: ['SoftwareOnly'] }, ['SoftwareOnly'], ['AllInclusive']],
    ['State', { state: 'InTrial' }, 'InTrial', 'InProduction'],
    ['DeviceCountry', { deviceCountry: 'ES' }, 'ES', 'PT'],
    ['LocationId', { locationId: '18' }, 18, undefined],
    ['Flags', { flags: ['CanInvoiceOthers'] }, ['CanInvoiceOthers'], undefined],
    ['ExternalCode', { externalCode: 'ZS-1' }, 'ZS-1', call.correlationId],
    ['Company.PhoneNumber', { company: { phoneNumber: '+1' } }, '+1', '+351 210 000 000'],
    ['Company.FaxNumber', { company: { faxNumber: '+2' } }, '+2', undefined],
    ['Company.WebsiteAddress', { company: { websiteAddress: 'https://z' } }, 'https://z', 'https://zeus.example'],
    ['Company.LegalCompanyName', { company: { legalCompanyName: 'Zeus SA' } }, 'Zeus SA', 'Zeus & Sons Lda'],
    ['Company.ChamberOfCommerceNumber', { company: { chamberOfCommerceNumber: '7' } }, '7', undefined],
    ['Company.VatNumber', { company: { vatNumber: 'PT1' } }, 'PT1', 'PT509999999'],
    ['Company.BankAccountNumber', { company: { bankAccountNumber: 'PT50' } }, 'PT50', undefined],
    ['Company.BillingContactPersonId', { company: { billingContactPersonId: '42' } }, 42, undefined],
    ['Company.PostAddress.Country', { company: { country: 'GR' } }, 'GR', 'PT'],
    ['Company.PostAddress.State', { company: { state: 'Attica' } }, 'Attica', 'Lisboa'],
    ['Company.PostAddress.District', { company: { district: 'Centre' } }, 'Centre', undefined],
    ['Company.PostAddress.City', { company: { city: 'Athens' } }, 'Athens', 'Lisboa'],
    ['Company.PostAddress.ZipCode', { company: { zipCode: '10431' } }, '10431', '1000-001'],
    ['Company.PostAddress.Address', { company: { address: 'Stadiou 1' } }, 'Stadiou 1', 'Rua do Porto 1'],
    // 1535673599 is the seed's example: the last second of 30 August 2018.
    ['TrialRegistrationTime', { trialRegistration: '2018-08-30' }, 1535587200, undefined],
    ['TrialExpirationTime', { trialExpiration: '2018-08-30' }, 1535673599, undefined],
    ['AdvancedPartnerProperties.RegionId', { regionId: '2' }, 2, undefined],
    ['AdvancedPartnerProperties.ResponsibleUserId', { responsibleUserId: '33491' }, 33491, undefined],
  ];
  test.each(rows)('%s: %j', (path, typed, sent, empty) => {
    expect(at(partnerOf(typed), path)).toEqual(sent);
    expect(at(partnerOf(), path)).toEqual(empty);
    expect(newPartnerSchema.safeParse(partnerOf(typed)).success).toBe(true);
  });

  test('ParentId and createDefaultAccount stand where the seed has them', () => {
    const draft = toDraft(
      zeus,
      coveInputSchema.parse({ parentId: '12345', createDefaultAccount: true }),
      contextOf(call),
    );
    expect(toPlannedBody(draft, null)).toMatchObject({
      method: 'AddPartner',
      params: { partnerInfo: { ParentId: 12345 }, createDefaultAccount: true },
    });
    expect(toDraft(zeus, coveInputSchema.parse({}), contextOf(call)).createDefaultAccount).toBe(false);
  });

  test('the table of keys and the table above name the same fields', () => {
    expect(Object.keys(wireKeys).toSorted()).toEqual([...rows.map(([path]) => path), 'ParentId'].toSorted());
  });

  test('each key leads back to its control, or to the fact that filled it', () => {
    const input = coveInputSchema.parse({});
    expect(toFormField('Name', zeus, input)).toBe('customer.name');
    expect(toFormField('Name', zeus, { ...input, name: 'Zeus' })).toBe('name');
    expect(toFormField('Company.PostAddress.Country', zeus, input)).toBe('customer.country');
    expect(toFormField('DeviceCountry', zeus, input)).toBe('customer.country');
    expect(toFormField('Company.LegalCompanyName', { ...zeus, legalName: '' }, input)).toBe('customer.name');
    expect(toFormField('Company.FaxNumber', zeus, input)).toBe('company.faxNumber');
    expect(toFormField('AdvancedPartnerProperties.RegionId', zeus, input)).toBe('regionId');
    expect(toFormField('ChildServiceTypes.0', zeus, input)).toBe('childServiceTypes');
    expect(toFormField('ParentId', zeus, input)).toBe('parentId');
    expect(toFormField('Whatever', zeus, input)).toBeNull();
  });
});

describe('derivations', () => {
  test('both lines of the address become one', () => {
    const facts = { ...zeus, addressLine2: 'Piso 3' };
    expect(at(partnerOf({}, facts), 'Company.PostAddress.Address')).toBe('Rua do Porto 1, Piso 3');
  });

  test('without a legal name the name serves', () => {
    expect(at(partnerOf({}, { ...zeus, legalName: '' }), 'Company.LegalCompanyName')).toBe('Zeus & Sons');
  });

  test.each([
    ['gr', 'GR'],
    ['Greece', 'GR'],
    [' united states of america ', 'US'],
    ["Cote d'Ivoire", 'CI'],
    ['Czech Republic', 'CZ'],
    ['Türkiye', 'TR'],
  ])('the country %s is sent as %s', (typed, code) => {
    expect(at(partnerOf({ company: { country: typed } }), 'Company.PostAddress.Country')).toBe(code);
    expect(at(partnerOf({ company: { country: typed } }), 'DeviceCountry')).toBe(code);
  });

  test('what is left empty is left out, not sent as an empty text', () => {
    const bare = { ...zeus, taxId: '', phone: '', website: '', state: '', city: '', zip: '', addressLine1: '' };
    const input = { serviceType: '', childServiceTypes: [], state: '' };
    expect(partnerOf(input, bare)).toEqual({
      Name: 'Zeus & Sons',
      Level: 'EndCustomer',
      DeviceCountry: 'PT',
      ExternalCode: call.correlationId,
      Company: { PostAddress: { Country: 'PT' }, LegalCompanyName: 'Zeus & Sons Lda' },
    });
  });

  test.each([
    [null, '', ownParentMarker],
    ['50210', '', 50210],
    ['50210', '50211', 50211],
    [null, '50220', 50220],
  ])('mapping %s and choice %j: the plan shows the parent %s', (mappingId, parentId, shown) => {
    const draft = toDraft(zeus, coveInputSchema.parse({ parentId }), contextOf(call, mappingId));
    expect(at(toPlannedBody(draft, null), 'params.partnerInfo.ParentId')).toBe(shown);
  });

  test('the plan names the connection’s own partner where it is known', () => {
    const draft = toDraft(zeus, coveInputSchema.parse({}), contextOf(call, null));
    const shown = at(toPlannedBody(draft, { id: '50100', name: 'Ridge IT' }), 'params.partnerInfo.ParentId');
    expect(shown).toBe(`50100 (Ridge IT): ${ownParentMarker}`);
  });

  test('the plan shows a marker where the visa goes', () => {
    expect(toPlannedBody(toDraft(zeus, coveInputSchema.parse({}), contextOf(call)), null)).toMatchObject({
      jsonrpc: '2.0',
      visa: secretMarker,
    });
  });
});

describe('the contract refuses what the wire’s types do not allow', () => {
  test.each([
    [{ locationId: 'Lisbon' }, 'LocationId'],
    [{ company: { billingContactPersonId: 'Ana' } }, 'Company.BillingContactPersonId'],
    [{ regionId: '1.5' }, 'AdvancedPartnerProperties.RegionId'],
    [{ responsibleUserId: '99999999999' }, 'AdvancedPartnerProperties.ResponsibleUserId'],
    [{ trialExpiration: 'soon' }, 'TrialExpirationTime'],
    [{ company: { country: 'Atlantis' } }, 'Company.PostAddress.Country'],
    [{ deviceCountry: 'Atlantis' }, 'DeviceCountry'],
  ])('%j', (typed, path) => {
    const parsed = newPartnerSchema.safeParse(partnerOf(typed));
    expect(parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join('.'))).toContain(path);
  });
});
