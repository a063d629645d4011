import type { SimulatedPartner, SimulatorData } from './state';

type Rest = Partial<Pick<SimulatedPartner, 'state' | 'externalCode' | 'locationId'>> & { readonly country?: string };

const partner = (id: number, parentId: number, [name, level]: readonly [string, string], rest: Rest = {}) => {
  const { country = 'PT', state = 'InProduction', externalCode = '', locationId = 7 } = rest;
  const info = {
    ServiceType: 'AllInclusive',
    ChildServiceTypes: ['AllInclusive'],
    DeviceCountry: country,
    Flags: null,
    Company: { PostAddress: { Country: country }, LegalCompanyName: name },
  };
  const creationTime = 1_600_000_000 + id;
  const made = { withAccount: false, requestId: null, visibleFromMs: 0 };
  return { id, parentId, name, level, state, locationId, externalCode, creationTime, info, ...made };
};

const root = 1;
const ridge = 50121;
const harbor = 50210;
const pine = 50220;
const tagus = 50300;

/**
 * The demo: a distributor with resellers, one of them in trial, one sub-distributor with ten thousand resellers, end
 * customers at several depths, and a neighbour that nobody of Ridge IT may see.
 */
export const demoTree: SimulatorData = {
  visaLifeSeconds: 900,
  users: [
    { id: 33491, partnerId: ridge, username: 'quayside-demo', password: 'demo-secret-cove' },
    { id: 33492, partnerId: harbor, username: 'quayside-demo-harbor', password: 'demo-secret-cove-harbor' },
  ],
  partners: [
    partner(root, 0, ['Backup Management', 'Root']),
    partner(ridge, root, ['Ridge IT', 'Distributor']),
    partner(60001, root, ['Other Coast Distribution', 'Distributor']),
    partner(60002, 60001, ['Other Coast Bakery', 'EndCustomer']),
    partner(harbor, ridge, ['Harbor Cloud', 'Reseller']),
    partner(pine, ridge, ['Pine Systems', 'Reseller'], { country: 'DE', locationId: 4 }),
    partner(50230, ridge, ['Altamar Informática', 'Reseller'], { country: 'ES' }),
    partner(50240, ridge, ['Blue Fjord IT', 'Reseller'], { country: 'NO', state: 'InTrial' }),
    partner(50250, ridge, ['Canal Networks', 'Reseller'], { country: 'NL', state: 'Expired' }),
    partner(tagus, ridge, ['Tagus Distribution', 'SubDistributor']),
    partner(50400, ridge, ['Northwind Harbour Lda', 'EndCustomer'], { externalCode: 'NW-1' }),
    partner(50211, harbor, ['Harbor Cloud Schools', 'ServiceOrganization']),
    partner(50212, harbor, ['Atlas Bakery', 'EndCustomer'], { externalCode: 'AB-7' }),
    partner(50213, 50212, ['Atlas Bakery Mill Street', 'Site']),
    partner(50221, pine, ['Kiel Marine Parts', 'EndCustomer'], { country: 'DE', locationId: 4 }),
  ],
  crowds: [
    {
      parentId: tagus,
      firstId: 700_001,
      count: 10_000,
      level: 'Reseller',
      name: (at) => `Tagus Reseller ${String(at + 1).padStart(5, '0')}`,
    },
  ],
  locations: [
    { id: 4, name: 'Germany', countries: 'DE AT' },
    { id: 5, name: 'United Kingdom', countries: 'GB IE' },
    { id: 6, name: 'France', countries: 'FR BE LU' },
    { id: 7, name: 'Portugal and Spain', countries: 'PT ES' },
    { id: 8, name: 'Netherlands', countries: 'NL' },
    { id: 9, name: 'Nordics', countries: 'NO SE DK FI IS' },
    { id: 18, name: 'United States', countries: 'US' },
    { id: 19, name: 'Canada', countries: 'CA' },
  ],
  regions: [
    { id: 1, name: 'Iberia' },
    { id: 2, name: 'Central Europe' },
    { id: 3, name: 'Nordics' },
  ],
};
