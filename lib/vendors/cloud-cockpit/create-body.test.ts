import { describe, expect, test } from 'vitest';
import { zeus } from '../testing/zeus';
import { createCustomerSchema } from './contract';
import { toCreateBody } from './create-body';
import sample from './fixtures/create-customer.json' with { type: 'json' };
import { cloudCockpitInputSchema, emptyCloudCockpitInput, keptOfCreate } from './input';
import { wireKeys } from './wire-keys';

/** Every leaf of the founding document's sample, with JSON in a string opened. */
function leaves(value: unknown, path: readonly string[] = []): [string, unknown][] {
  const key = path.at(-1);
  if (key === 'providerCustomerData' && typeof value === 'string') return leaves(JSON.parse(value), path);
  if (Array.isArray(value)) {
    return value.length === 0
      ? [[path.join('.'), value]]
      : value.flatMap((item, at) => leaves(item, [...path, String(at)]));
  }
  if (typeof value !== 'object' || value === null) return [[path.join('.'), value]];
  return Object.entries(value).flatMap(([inner, item]) => leaves(item, [...path, inner]));
}

/** The path as `wireKeys` writes it: `*` for an instance or an offer type, `#` for a row. */
const toPattern = (path: string) =>
  path
    .replace(/^providerCustomers\.[^.]+/, 'providerCustomers.*')
    .replace(/offerTypeMargins\.Value\.[^.]+/, 'offerTypeMargins.Value.*')
    .replace(/^customerAssociations\.\d+/, 'customerAssociations.#');

const instanceId = 'cb3cd15b-1d6e-45be-b493-c71549cbfd87';
const uuid = '3fa85f64-5717-4562-b3fc-2c963f66afa6';
const context = { correlationId: '0198c2aa-0000-7000-8000-000000007f3a', mappingId: null };

/** What a person types to get the sample: "string" where it must be an id is another id. */
const typed = cloudCockpitInputSchema.parse({
  id: uuid,
  companyName: 'Company',
  taxId: 'string',
  country: 'PT',
  addressLine1: 'string',
  addressLine2: 'string',
  city: 'string',
  state: 'string',
  zip: 'string',
  firstName: 'string',
  middleName: 'string',
  lastName: 'string',
  email: 'string@zeus.example',
  phone: 'string',
  internalIdentifier: 'string',
  resellerId: uuid,
  providerCustomers: [
    {
      providerInstanceId: instanceId,
      providerName: 'Microsoft',
      providerCustomerId: 'f574cf12-a7d6-43fe-9663-1af97b04e5ab',
      data: {
        domain: 'TestDomain',
        credentialsEmail: 'test@email.com',
        acceptedMca: true,
        agreementDate: '2022-12-28',
        keepPrimaryInformation: true,
        firstName: 'Test',
        lastName: 'Test',
        email: 'test@email.com',
        phone: '921231231',
        defaultCulture: 'en-US',
        language: 'en',
        enableGdap: true,
      },
      margin: { rule: 'markup', value: 10.6 },
      offerTypeMargins: [{ offerType: 'license', rule: 'markup', value: 10 }],
      agreement: { send: true, customerId: uuid, status: 'required' },
    },
  ],
  customerAssociations: [{ resellerId: uuid, name: 'string' }],
});

const sampleLeaves = leaves(sample);

describe(`the founding document's sample, key by key (${sampleLeaves.length} keys)`, () => {
  const body = toCreateBody(zeus, typed, context);
  const ours = new Map(leaves(body));

  test.each(sampleLeaves)('%s has a control or a stated derivation', (path) => {
    const entry = wireKeys[toPattern(path)] ?? wireKeys[toPattern(path).replace(/\.[^.]+$/, '')];
    expect(entry, toPattern(path)).toBeDefined();
    expect(entry?.emptyMeans).not.toBe('');
    // The control exists in the form.
    const control = entry?.control.split('.') ?? [];
    let node: unknown = typed;
    for (const step of control) {
      node =
        typeof node === 'object' && node !== null
          ? Object.entries(node).find(([key]) => key === (step === '#' ? '0' : step))?.[1]
          : undefined;
    }
    expect(node, entry?.control).toBeDefined();
  });

  test.each(sampleLeaves)('%s is sent as the sample has it: %j', (path, value) => {
    expect(ours.has(path)).toBe(true);
    const free = ['id', 'resellerId', 'customerAssociations.0.resellerId', 'email', 'companyName'];
    if (!free.includes(path)) expect(ours.get(path)).toEqual(value);
  });

  test('nothing is sent that the sample does not have, and all of it fits the contract and may be stored', () => {
    expect([...ours.keys()].filter((path) => !sampleLeaves.some(([one]) => one === path))).toEqual([]);
    expect(createCustomerSchema.safeParse(body).success).toBe(true);
    const kept = new Set(keptOfCreate.map((path) => path.replace(/\{\w+\}/g, '*').replace(/#|\[\]/g, '')));
    for (const path of ours.keys()) {
      const pattern = toPattern(path).replace('.#', '');
      expect(kept.has(pattern) || pattern.endsWith('signatoryContact'), pattern).toBe(true);
    }
  });

  test('fourteen keys of provider data and seven of the agreement', () => {
    const provider = body.providerCustomers?.[instanceId];
    expect(Object.keys(JSON.parse(provider?.providerCustomerData ?? '{}')).length).toBe(14);
    expect(Object.keys(provider?.microsoftCustomerAgreement ?? {}).length).toBe(7);
  });
});

describe('what is sent when little is typed', () => {
  test('the shared facts, our correlation id, and nothing else', () => {
    expect(toCreateBody(zeus, emptyCloudCockpitInput, context)).toEqual({
      companyName: 'Zeus & Sons',
      taxId: 'PT509999999',
      country: 'PT',
      addressLine1: 'Rua do Porto 1',
      city: 'Lisboa',
      state: 'Lisboa',
      zip: '1000-001',
      firstName: 'Ana',
      lastName: 'Silva',
      email: 'ana@zeus.example',
      phone: '+351 210 000 000',
      internalIdentifier: context.correlationId,
    });
  });

  test('what is typed for this vendor wins over the shared fact, trimmed', () => {
    const input = { ...emptyCloudCockpitInput, companyName: '  Zeus Lda ', country: 'es' };
    expect(toCreateBody(zeus, input, context)).toMatchObject({ companyName: 'Zeus Lda', country: 'ES' });
  });

  test('the mapping decides the reseller, whatever was typed', () => {
    const input = { ...emptyCloudCockpitInput, resellerId: uuid };
    const mapping = '5f0c6a1e-3b57-4f5e-9a53-0d4a3c5b7a01';
    expect(toCreateBody(zeus, input, context).resellerId).toBe(uuid);
    expect(toCreateBody(zeus, input, { ...context, mappingId: mapping }).resellerId).toBe(mapping);
    expect(toCreateBody(zeus, emptyCloudCockpitInput, { ...context, mappingId: mapping }).resellerId).toBe(mapping);
    expect('resellerId' in toCreateBody(zeus, emptyCloudCockpitInput, context)).toBe(false);
  });

  test('an agreement is never accepted for anybody, and its date goes only with it', () => {
    const input = cloudCockpitInputSchema.parse({
      providerCustomers: [{ providerInstanceId: instanceId, data: { agreementDate: '2026-01-01' } }],
    });
    const body = toCreateBody(zeus, input, context);
    const provider = body.providerCustomers?.[instanceId];
    expect(JSON.parse(provider?.providerCustomerData ?? '{}')).toEqual({
      Domain: null,
      CredentialsEmail: 'ana@zeus.example',
      AcceptedMCA: false,
      AgreementDate: null,
      KeepPrimaryInformation: true,
      FirstName: 'Ana',
      LastName: 'Silva',
      Email: 'ana@zeus.example',
      Phone: '+351 210 000 000',
      DefaultCulture: 'en-US',
      Language: 'en',
      AssociatedPartnerId: null,
      Qualifications: [],
      EnableGDAP: false,
    });
    expect(Object.keys(provider ?? {})).toEqual(['providerName', 'providerInstanceId', 'providerCustomerData']);
    expect(createCustomerSchema.safeParse(body).success).toBe(true);
  });

  test('a signatory is sent once somebody is named', () => {
    const agreement = { send: true, signatory: { firstName: 'Rui', lastName: 'Costa', email: 'rui@zeus.example' } };
    const input = cloudCockpitInputSchema.parse({ providerCustomers: [{ providerInstanceId: instanceId, agreement }] });
    const body = toCreateBody(zeus, input, context);
    expect(body.providerCustomers?.[instanceId]?.microsoftCustomerAgreement).toEqual({
      customerId: null,
      providerInstanceId: instanceId,
      signatoryContact: { firstName: 'Rui', lastName: 'Costa', email: 'rui@zeus.example' },
      status: { name: 'required' },
      attestationId: null,
      lastUpdate: null,
      dateAgreed: null,
    });
    expect(createCustomerSchema.safeParse(body).success).toBe(true);
  });

  test('the same input makes the same body, to the byte', () => {
    const once = JSON.stringify(toCreateBody(zeus, typed, context));
    expect(JSON.stringify(toCreateBody({ ...zeus }, structuredClone(typed), { ...context }))).toBe(once);
  });
});
