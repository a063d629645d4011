import type { Json } from '../../vendor';
import type { Profile } from '../vocabulary';
import { endOfDay, type ServiceInput, wholeNumber } from './input';
import {
  licenseTypes,
  type Product,
  packages,
  payments,
  productOf,
  type ServiceField,
  sales,
  sources,
  storages,
  takenFields,
} from './vocabulary';

/** A unit of the draft's `long` dates. The founding document names none: milliseconds, unless the connection says seconds. */
export type TimeUnit = 'milliseconds' | 'seconds';

export interface BodyContext {
  readonly profile: Profile;
  readonly timeUnit: TimeUnit;
}

/**
 * The form to the body of `POST /general/customers/{customerId}/services`, in the connection's contract (vendor-apis.md 1.6,
 * seed 001). Pure: the plan shows what will be sent. What the contract does not take for this choice is left out, whatever
 * was typed.
 */
export function toServiceBody(input: ServiceInput, { profile, timeUnit }: BodyContext): Readonly<Record<string, Json>> {
  const product = productOf(input.product);
  const takes = takenFields(profile, product, input.license);
  const known = valuesOf(input, (at) => (at === null ? null : toTime(at, profile, timeUnit)));
  const take = (field: ServiceField): Json | undefined => {
    if (takes[field] === undefined) return undefined;
    const value = known[field];
    return value === null || value === false ? undefined : value;
  };
  return profile === '2025-09'
    ? toDraftBody(input, product, take)
    : toCurrentBody(input, product, { take, isPooled: takes.source !== undefined });
}

type Take = (field: ServiceField) => Json | undefined;

/** Each field as the wire writes it; null where nothing usable was typed. */
function valuesOf(input: ServiceInput, day: (at: number | null) => Json): Readonly<Record<ServiceField, Json>> {
  return {
    storage: input.storage === '' ? null : storages[input.storage],
    ownStorage: input.ownStorage,
    storageProfileId: input.storageProfileId.trim() === '' ? null : input.storageProfileId.trim().toLowerCase(),
    retentionYears: wholeNumber(input.retentionYears),
    seats: wholeNumber(input.seats),
    source: input.source === '' ? null : sources[input.source],
    sameAsPool: input.sameAsPool,
    expiry: day(endOfDay(input.expiry)),
    contractEnd: day(endOfDay(input.contractEnd)),
    sale: input.sale === '' ? null : sales[input.sale],
    package: input.package === '' ? null : packages[input.package],
    customerSize: wholeNumber(input.customerSize),
    payment: input.payment === '' ? null : payments[input.payment],
  };
}

function toTime(at: number, profile: Profile, unit: TimeUnit): Json {
  if (profile === '2026-07') return `${new Date(at).toISOString().slice(0, 19)}Z`;
  return unit === 'seconds' ? Math.floor(at / 1000) : at;
}

/** The draft: strings, `long` dates, PascalCase within `licenseItems`. Of a trial only what was filled in, but `byos`. */
function toDraftBody(input: ServiceInput, product: Product | null, take: Take): Readonly<Record<string, Json>> {
  const item = present({
    SubscriptionSourceType: take('source'),
    SaleType: take('sale'),
    PackageType: take('package'),
    CustomerSize: take('customerSize'),
    ContractEndDate: take('contractEnd'),
    PaymentType: take('payment'),
  });
  const hasItem = Object.keys(item).length > 0 || take('sameAsPool') === true;
  return present({
    product: product?.draft ?? undefined,
    licenseType: input.license === '' ? undefined : licenseTypes[input.license].draft,
    avepointStorageType: take('storage'),
    retentionYear: take('retentionYears'),
    byos: input.ownStorage,
    userSeat: take('seats'),
    expirationTime: take('expiry'),
    licenseItems: hasItem ? [{ ...item, IsSameAsPool: input.sameAsPool }] : undefined,
  });
}

/** The current contract: integers, ISO dates, camelCase, one licence item. Own storage takes the place of the vendor's. */
function toCurrentBody(
  input: ServiceInput,
  product: Product | null,
  { take, isPooled }: { readonly take: Take; readonly isPooled: boolean },
): Readonly<Record<string, Json>> {
  const own = take('ownStorage') === true;
  const storage = own
    ? { byos: true, storageProfileId: take('storageProfileId') }
    : { avepointStorageType: take('storage'), retentionYear: take('retentionYears') };
  const item = present({
    resource: product?.current?.resource ?? undefined,
    subscriptionSourceType: take('source'),
    isSameAsPool: input.sameAsPool,
    expireTime: input.sameAsPool ? undefined : take('expiry'),
    saleType: take('sale'),
    packageType: take('package'),
    customerSize: take('customerSize'),
    userSeat: take('seats'),
    contractEndDate: take('contractEnd'),
    paymentType: take('payment'),
  });
  return present({
    product: product?.current?.type ?? undefined,
    licenseType: input.license === '' ? undefined : licenseTypes[input.license].type,
    ...storage,
    licenseItems: isPooled ? [item] : undefined,
  });
}

function present(values: Readonly<Record<string, Json | undefined>>): Record<string, Json> {
  const kept: Record<string, Json> = {};
  for (const [key, value] of Object.entries(values)) if (value !== undefined) kept[key] = value;
  return kept;
}

/** Each key of the vendor's requests, of either contract, and the field of our form that fills it. */
export const wireKeys = {
  product: 'product',
  resource: 'product',
  licensetype: 'license',
  avepointstoragetype: 'storage',
  retentionyear: 'retentionYears',
  byos: 'ownStorage',
  storageprofileid: 'storageProfileId',
  userseat: 'seats',
  expirationtime: 'expiry',
  expiretime: 'expiry',
  subscriptionsourcetype: 'source',
  issameaspool: 'sameAsPool',
  saletype: 'sale',
  packagetype: 'package',
  customersize: 'customerSize',
  contractenddate: 'contractEnd',
  paymenttype: 'payment',
} as const satisfies Readonly<Record<string, keyof ServiceInput>>;

/** Leads a vendor's name of a field back to our form, without regard to case or path; null when it names none of ours. */
export function toServiceField(vendorField: string): string | null {
  const parts = vendorField.toLowerCase().split(/[^a-z]+/);
  const found = Object.entries(wireKeys).find(([key]) => parts.includes(key))?.[1];
  return found === undefined ? null : `service.${found}`;
}
