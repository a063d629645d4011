import type { Profile } from '../vocabulary';

/**
 * Fixed words of AvePoint's services (vendor-apis.md 1.6, 1.8, seed 001). Client-safe. Each choice has a word of ours, in
 * which the form, the database and the messages speak, and what the vendor's contracts write for it.
 */

export const licenses = ['trial', 'enterprise'] as const;
export type License = (typeof licenses)[number];

/** `licenseType`: an integer today; a string in the draft, of which the founding document shows `Trial`. */
export const licenseTypes = {
  trial: { type: 0, draft: 'Trial' },
  enterprise: { type: 1, draft: 'Enterprise' },
} as const satisfies Record<License, { readonly type: number; readonly draft: string }>;

/** What a product of the current contract is sold as: which variants of 1.6 it has. */
type Family = 'backup' | 'express' | 'premium';

export interface Product {
  readonly key: string;
  /** The vendor's own name for it, by which it is found again among the services of a customer. */
  readonly name: string;
  /** Other names under which the vendor's read model may show it. */
  readonly also: readonly string[];
  /** In the contract of July 2026: `product`, the resource of its licence item, and its family. Null: not sold there. */
  readonly current: { readonly type: number; readonly resource: string | null; readonly family: Family } | null;
  /** In the draft of September 2025: `product`. Null: no name is documented. */
  readonly draft: string | null;
}

const backup = (resource: string) => ({ type: 2048, resource, family: 'backup' }) as const;
const premium = (type: number, resource: string) => ({ type, resource, family: 'premium' }) as const;

export const products: readonly Product[] = [
  {
    key: 'cloud-backup-m365',
    name: 'Cloud Backup for Microsoft 365',
    also: ['Cloud Backup M365', 'Office365Backup'],
    current: backup('Office365Backup'),
    draft: 'Office365Backup',
  },
  {
    key: 'cloud-backup-power-platform',
    name: 'Cloud Backup for Power Platform',
    also: ['Office365PPBackup'],
    current: backup('Office365PPBackup'),
    draft: null,
  },
  {
    key: 'cloud-backup-exod',
    name: 'Cloud Backup for Exchange Online and OneDrive',
    also: ['Office365EXODBackup'],
    current: backup('Office365EXODBackup'),
    draft: null,
  },
  {
    key: 'cloud-backup-express',
    name: 'Cloud Backup Express',
    also: ['CB Express'],
    current: { type: 274, resource: null, family: 'express' },
    draft: null,
  },
  {
    key: 'baseline-management',
    name: 'Baseline Management',
    also: ['PartnerTenantSettingManagement'],
    current: premium(40, 'PartnerTenantSettingManagement'),
    draft: 'PartnerTenantSettingManagement',
  },
  {
    key: 'workspace-management',
    name: 'Workspace Management',
    also: ['PartnerWorkspaceOnboarding'],
    current: premium(42, 'PartnerWorkspaceOnboarding'),
    draft: 'PartnerWorkspaceOnboarding',
  },
  {
    key: 'user-management',
    name: 'User Management',
    also: ['User and Device Management', 'PartnerUserManagement'],
    current: premium(49, 'PartnerUserManagement'),
    draft: null,
  },
  {
    key: 'storage-optimization',
    name: 'Storage Optimization',
    also: ['Workspace Management - Storage Optimization', 'PartnerStorageOptimization'],
    current: premium(65, 'PartnerStorageOptimization'),
    draft: null,
  },
  { key: 'fly', name: 'Fly', also: ['FLYOnline'], current: null, draft: 'FLYOnline' },
  {
    key: 'cloud-backup-salesforce',
    name: 'Cloud Backup for Salesforce',
    also: ['SalesforceBackup'],
    current: null,
    draft: 'SalesforceBackup',
  },
  {
    key: 'cloud-backup-iaas',
    name: 'Cloud Backup for IaaS + PaaS',
    also: ['VMBackup'],
    current: null,
    draft: 'VMBackup',
  },
  {
    key: 'cloud-backup-google',
    name: 'Cloud Backup for Google Workspace',
    also: ['GsuiteBackup'],
    current: null,
    draft: 'GsuiteBackup',
  },
  {
    key: 'cloud-backup-dynamics',
    name: 'Cloud Backup for Dynamics 365',
    also: ['CRMBackup'],
    current: null,
    draft: 'CRMBackup',
  },
  { key: 'opus', name: 'Opus', also: ['AvePoint Opus', 'RevIM', 'AvePointRecords'], current: null, draft: 'RevIM' },
  { key: 'insights', name: 'Insights', also: ['CPManagement'], current: null, draft: 'CPManagement' },
  { key: 'tygraph', name: 'tyGraph', also: [], current: null, draft: 'TyGraph' },
  { key: 'cense', name: 'Cense', also: ['LicenseManagement'], current: null, draft: 'LicenseManagement' },
  { key: 'enpower', name: 'EnPower', also: ['SaaSManagementPlatform'], current: null, draft: 'SaaSManagementPlatform' },
  { key: 'cloud-governance', name: 'Cloud Governance', also: ['GASaas'], current: null, draft: 'GASaas' },
  { key: 'policies', name: 'Policies', also: ['PolicyEnforcer'], current: null, draft: 'PolicyEnforcer' },
  {
    key: 'cloud-management',
    name: 'Cloud Management',
    also: ['Office365Management'],
    current: null,
    draft: 'Office365Management',
  },
  {
    key: 'cloud-archiving',
    name: 'Cloud Archiving',
    also: ['Office365Archiving'],
    current: null,
    draft: 'Office365Archiving',
  },
];

/** A product by our word for it; null for none. */
export function productOf(key: string): Product | null {
  return products.find((product) => product.key === key) ?? null;
}

/** The products that a contract can add, in the order they are offered. */
export function productsIn(profile: Profile): readonly Product[] {
  return products.filter((product) => (profile === '2025-09' ? product.draft : product.current) !== null);
}

const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9+]+/g, '');

/** The product behind a display name of the vendor's read model; null for one that we do not know. */
export function productNamed(name: string): Product | null {
  const wanted = plain(name.replace(/^avepoint\s+/i, ''));
  return products.find(({ name: own, also }) => [own, ...also].some((one) => plain(one) === wanted)) ?? null;
}

/** `avepointStorageType`. Google's is in the draft alone. */
export const storages = { azure: 0, s3: 1, gcp: 2 } as const;
/** `subscriptionSourceType`. */
export const sources = { avepoint: 1, marketplace: 2, lars: 6 } as const;
/** `saleType`. */
export const sales = { capacity: 0, users: 1, organization: 2 } as const;
/** `packageType`. */
export const packages = { standard: 0, core: 1, flex: 2 } as const;
/** `paymentType`. */
export const payments = { prepaid: 0, payg: 1 } as const;

/** The fields of the form behind product and licence, in its order. */
export const serviceFields = [
  'storage',
  'ownStorage',
  'storageProfileId',
  'retentionYears',
  'seats',
  'source',
  'sameAsPool',
  'expiry',
  'contractEnd',
  'sale',
  'package',
  'customerSize',
  'payment',
] as const;
export type ServiceField = (typeof serviceFields)[number];

/** What a contract takes for a choice of product and licence. What is not named here is never sent. */
export type Takes = Readonly<Partial<Record<ServiceField, 'required' | 'optional'>>>;

const storageGroup: Takes = {
  storage: 'optional',
  ownStorage: 'optional',
  storageProfileId: 'optional',
  retentionYears: 'optional',
};
const pooled: Takes = {
  source: 'required',
  sameAsPool: 'optional',
  expiry: 'optional',
  seats: 'required',
  contractEnd: 'optional',
  payment: 'required',
};
const fourteen: Takes = {
  storage: 'required',
  ownStorage: 'optional',
  retentionYears: 'required',
  seats: 'required',
  source: 'required',
  sameAsPool: 'optional',
  expiry: 'required',
  contractEnd: 'required',
  sale: 'required',
  package: 'required',
  customerSize: 'required',
  payment: 'required',
};
const everythingOptional: Takes = Object.fromEntries(Object.keys(fourteen).map((field) => [field, 'optional']));

/**
 * What a contract takes for a product and a licence: the variants a to d of 1.6, or the fourteen fields of the draft, of
 * which the sample's five are enough for a trial. Where one of two is needed (storage or own storage, pool or expiry), both
 * are optional here and lint asks for the one.
 */
export function takenFields(profile: Profile, product: Product | null, license: License | ''): Takes {
  if (product === null || license === '') return {};
  if (profile === '2025-09') {
    if (license === 'enterprise') return fourteen;
    return { ...everythingOptional, storage: 'required', retentionYears: 'required' };
  }
  const { current } = product;
  if (current === null) return {};
  if (license === 'trial') return current.family === 'backup' ? storageGroup : {};
  if (current.family === 'premium') return pooled;
  const tiered: Takes =
    current.resource === 'Office365PPBackup'
      ? { sale: 'required' }
      : { sale: 'required', package: 'required', customerSize: 'required' };
  return { ...storageGroup, ...pooled, ...tiered };
}

/** Can this product be added under this licence? Of the current contract: Express is a trial only, Power Platform never. */
export function isOffered(profile: Profile, product: Product, license: License): boolean {
  if (profile === '2025-09') return product.draft !== null;
  if (product.current === null) return false;
  if (license === 'enterprise') return product.current.family !== 'express';
  return product.current.resource !== 'Office365PPBackup';
}

/** The `status` of an added service that the vendor documents (1.8, seed 001), but for 1, and what it is about. */
export const refusedStatuses = {
  2: null, // save failed
  3: 'product', // partner has no licence
  4: 'seats', // seats insufficient
  5: 'expiry', // beyond the pool's expiry
  6: null, // check failed
  7: 'product', // licence exists
  11: 'expiry', // expiry before now
  12: 'product', // the same licence is there
  13: 'product', // already accepted another licence (draft only)
  16: null, // check successful: nothing was saved
  17: 'product', // premium product limit reached
  18: 'expiry', // expiry less than a month away
  19: 'seats', // reducing seats failed
  20: 'product', // assigning EXOD failed
} as const;
export type RefusedStatus = keyof typeof refusedStatuses;
