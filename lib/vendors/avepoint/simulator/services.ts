import { type ApiAnswer, type ApiRequest, type Body, header, isBody, parseBody } from '../../simulator/request';
import { badRequest, ok } from './answers';
import type { ApiApp, SimulatedService, SimulatorState } from './state';
import { type Complaint, read } from './validate';

/**
 * `POST /customers/{customerId}/services` in both of the vendor's shapes (vendor-apis.md 1.6, seed 001): strings in, the
 * string echoed; integers in, the integer echoed. Written from the documents, not from our client.
 */

const say = (field: string, message: string): Complaint => ({ code: 'InvalidParameter', field, message });

/** Products of the current document with their display names, and whether they are backup (storage) or premium. */
const current: Readonly<Record<number, { readonly name: string; readonly kind: 'backup' | 'express' | 'premium' }>> = {
  2048: { name: 'Cloud Backup for Microsoft 365', kind: 'backup' },
  274: { name: 'Cloud Backup Express', kind: 'express' },
  40: { name: 'Baseline Management', kind: 'premium' },
  42: { name: 'Workspace Management', kind: 'premium' },
  49: { name: 'User and Device Management', kind: 'premium' },
  65: { name: 'Workspace Management - Storage Optimization', kind: 'premium' },
};

const resourceNames: Readonly<Record<string, string>> = {
  Office365PPBackup: 'Cloud Backup for Power Platform',
  Office365EXODBackup: 'Cloud Backup for Exchange Online and OneDrive',
};

/** Names of the draft that the documents list (1.8), with what the portal calls them. */
const draft: Readonly<Record<string, string>> = {
  Office365Backup: 'Cloud Backup for Microsoft 365',
  FLYOnline: 'Fly',
  SalesforceBackup: 'Cloud Backup for Salesforce',
  VMBackup: 'Cloud Backup for IaaS + PaaS',
  GsuiteBackup: 'Cloud Backup for Google Workspace',
  RevIM: 'AvePoint Opus',
  AvePointRecords: 'AvePoint Opus',
  CPManagement: 'Insights',
  TyGraph: 'tyGraph',
  LicenseManagement: 'Cense',
  SaaSManagementPlatform: 'EnPower',
  GASaas: 'Cloud Governance',
  PolicyEnforcer: 'Policies',
  Office365Management: 'Cloud Management',
  Office365Archiving: 'Cloud Archiving',
  CRMBackup: 'Cloud Backup for Dynamics 365',
  PartnerAzureSecurityManagement: 'Azure Security Management',
  PartnerWorkspaceOnboarding: 'Workspace Management',
  PartnerTenantSettingManagement: 'Baseline Management',
};

/** What a request asks for, in one shape; or what is wrong with it. */
interface Asked {
  readonly name: string;
  readonly model: 'Trial' | 'Enterprise';
  readonly seats: number | null;
  readonly expiresAtMs: number | null;
  readonly contractEnd: string | null;
  readonly storage: string | null;
  readonly retention: string | null;
  readonly packageName: string | null;
  readonly source: string | null;
  readonly payment: string | null;
}

class Reading {
  readonly complaints: Complaint[] = [];
  readonly #body: Body;
  readonly #at: string;

  constructor(body: Body, at = '') {
    this.#body = body;
    this.#at = at;
  }

  wrong(field: string, message: string): null {
    this.complaints.push(say(this.#at + field, message));
    return null;
  }

  int(field: string, { required, among }: { readonly required: boolean; readonly among?: readonly number[] }) {
    const value = read(this.#body, field);
    if (value === undefined || value === null) return required ? this.wrong(field, `${field} is required.`) : null;
    if (typeof value !== 'number' || !Number.isInteger(value)) return this.wrong(field, `${field} must be an integer.`);
    if (among !== undefined && !among.includes(value)) return this.wrong(field, `${field} has no meaning ${value}.`);
    return value;
  }

  flag(field: string, required: boolean): boolean | null {
    const value = read(this.#body, field);
    if (value === undefined || value === null) return required ? this.wrong(field, `${field} is required.`) : null;
    return typeof value === 'boolean' ? value : this.wrong(field, `${field} must be a boolean.`);
  }

  moment(field: string, required: boolean): number | null {
    const value = read(this.#body, field);
    if (value === undefined || value === null) return required ? this.wrong(field, `${field} is required.`) : null;
    const at = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN;
    return Number.isNaN(at) ? this.wrong(field, `${field} must be a date and time of ISO 8601.`) : at;
  }

  forbid(field: string): void {
    if (read(this.#body, field) !== undefined) this.wrong(field, `${field} is not accepted for this product.`);
  }

  item(): Body | null {
    const items = read(this.#body, 'licenseItems');
    const [first, ...more] = Array.isArray(items) ? items : [items];
    return isBody(first) && more.length === 0 ? first : null;
  }
}

const storageNames = ['Azure Blob', 'Amazon S3', 'Google Cloud Storage'];
const packageNames = ['Standard', 'Core', 'Flex'];
const sourceNames: Readonly<Record<number, string>> = {
  1: 'AvePoint pool',
  2: 'Marketplace pool',
  6: 'LARS AvePoint pool',
};
const paymentNames = ['Prepaid', 'Pay as you go'];
const nameIn = (names: Readonly<Record<number, string>>, at: number | null) =>
  at === null ? null : (names[at] ?? null);

/** The document's shape of July 2026: integers, camelCase, the variants a to d. */
function readCurrent(body: Body): Asked | readonly Complaint[] {
  const top = new Reading(body);
  const type = top.int('product', { required: true, among: Object.keys(current).map(Number) });
  const license = top.int('licenseType', { required: true, among: [0, 1] });
  const sold = current[type ?? 0];
  if (sold === undefined || license === null) return top.complaints;
  if (sold.kind === 'express' && license === 1) top.wrong('licenseType', 'This product is a trial only.');
  const byos = top.flag('byos', false);
  const storage = top.int('avepointStorageType', { required: sold.kind === 'backup' && byos !== true, among: [0, 1] });
  const retention = top.int('retentionYear', { required: sold.kind === 'backup' && byos !== true });
  if (sold.kind !== 'backup') for (const field of ['avepointStorageType', 'retentionYear', 'byos']) top.forbid(field);
  if (byos === true) for (const field of ['avepointStorageType', 'retentionYear']) top.forbid(field);
  const base = {
    name: sold.name,
    storage: byos === true ? 'Own storage' : nameIn(storageNames, storage),
    retention: retention === null ? null : `${retention} years`,
  };
  if (license === 0) {
    top.forbid('licenseItems');
    const none = { seats: null, expiresAtMs: null, contractEnd: null, packageName: null, source: null, payment: null };
    return top.complaints.length > 0 ? top.complaints : { ...base, ...none, model: 'Trial' };
  }
  const item = Array.isArray(read(body, 'licenseItems')) ? top.item() : null;
  if (item === null) return [...top.complaints, say('licenseItems', 'An array of one licence item is required.')];
  // The vendor's own sample pairs a product with another one's resource: the pairing is not checked.
  const resource = typeof item.resource === 'string' ? item.resource : '';
  const of = new Reading(item, 'licenseItems[0].');
  if (resource === '') of.wrong('resource', 'resource is required.');
  const tiered = sold.kind === 'backup';
  const packaged = tiered && resource !== 'Office365PPBackup';
  const source = of.int('subscriptionSourceType', { required: true, among: [1, 2, 6] });
  const pooled = of.flag('isSameAsPool', false);
  const expiresAtMs = of.moment('expireTime', pooled !== true);
  const seats = of.int('userSeat', { required: true });
  of.int('saleType', { required: tiered, among: [0, 1, 2] });
  const packageType = of.int('packageType', { required: packaged, among: [0, 1, 2] });
  of.int('customerSize', { required: packaged });
  const payment = of.int('paymentType', { required: true, among: [0, 1] });
  const end = of.moment('contractEndDate', false);
  if (!tiered) of.forbid('saleType');
  if (!packaged) for (const field of ['packageType', 'customerSize']) of.forbid(field);
  const complaints = [...top.complaints, ...of.complaints];
  if (complaints.length > 0) return complaints;
  return {
    ...base,
    name: resourceNames[resource] ?? base.name,
    model: 'Enterprise',
    seats,
    expiresAtMs: pooled === true ? null : expiresAtMs,
    contractEnd: end === null ? null : new Date(end).toISOString(),
    packageName: nameIn(packageNames, packageType),
    source: nameIn(sourceNames, source),
    payment: nameIn(paymentNames, payment),
  };
}

/** The draft's shape of September 2025: strings, `long` dates (milliseconds), PascalCase items, as an array or one object. */
function readDraft(body: Body): Asked | readonly Complaint[] {
  const top = new Reading(body);
  const product = read(body, 'product');
  const name = typeof product === 'string' ? draft[product] : undefined;
  if (name === undefined) top.wrong('product', 'There is no service of this name.');
  const license = read(body, 'licenseType');
  const model = license === 'Trial' || license === 'Enterprise' ? license : null;
  if (model === null) top.wrong('licenseType', 'licenseType must be a string: Trial or Enterprise.');
  const all = model === 'Enterprise';
  const storage = top.int('avepointStorageType', { required: true, among: [0, 1, 2] });
  const retention = top.int('retentionYear', { required: true });
  const byos = top.flag('byos', true);
  const seats = top.int('userSeat', { required: all });
  const expiresAtMs = top.int('expirationTime', { required: all });
  const given = read(body, 'licenseItems') !== undefined;
  const item = top.item();
  if (item === null && (all || given)) top.wrong('licenseItems', 'licenseItems is required.');
  const of = new Reading(item ?? {}, 'licenseItems.');
  const source = of.int('SubscriptionSourceType', { required: all, among: [1, 2, 6] });
  of.flag('IsSameAsPool', all);
  of.int('SaleType', { required: all, among: [0, 1, 2] });
  const packageType = of.int('PackageType', { required: all, among: [0, 1, 2] });
  of.int('CustomerSize', { required: all });
  const end = of.int('ContractEndDate', { required: all });
  const payment = of.int('PaymentType', { required: all, among: [0, 1] });
  const complaints = [...top.complaints, ...(item === null ? [] : of.complaints)];
  if (complaints.length > 0 || name === undefined || model === null) return complaints;
  return {
    name,
    model,
    seats,
    expiresAtMs,
    contractEnd: end === null ? null : new Date(end).toISOString(),
    storage: byos === true ? 'Own storage' : nameIn(storageNames, storage),
    retention: `${retention} years`,
    packageName: nameIn(packageNames, packageType),
    source: nameIn(sourceNames, source),
    payment: nameIn(paymentNames, payment),
  };
}

/** Seats that the simulated partner's pool has left, and when the pool ends. */
const poolSeats = 10_000;
const poolYears = 5;
const monthMs = 28 * 24 * 3_600_000;

/** Which of the documented statuses (1.8) it comes to. What is the server's own trouble comes by fault only. */
function statusOf(asked: Asked, customerId: string, state: SimulatorState): number {
  const now = state.nowMs();
  const same = state.services.filter((one) => one.customerId === customerId && one.name === asked.name);
  if (same.some((one) => one.model === asked.model)) return 12;
  if (same.some((one) => one.model === 'Enterprise')) return 7;
  if ((asked.seats ?? 0) > poolSeats) return 4;
  const { expiresAtMs } = asked;
  if (expiresAtMs === null) return 1;
  if (expiresAtMs <= now) return 11;
  if (expiresAtMs < now + monthMs) return 18;
  return expiresAtMs > now + poolYears * 366 * 24 * 3_600_000 ? 5 : 1;
}

/** The customer's id in the path of an add. */
export function customerOf(request: ApiRequest): string {
  return /\/customers\/([^/]+)\/services\/?$/i.exec(request.path)?.[1] ?? '';
}

type Add =
  | { readonly ok: true; readonly service: SimulatedService; readonly product: unknown }
  | { readonly ok: false; readonly answer: ApiAnswer };

/** Everything of an add but the writing down. */
export function prepareAdd(request: ApiRequest, app: ApiApp, state: SimulatorState): Add {
  const refuse = (answer: ApiAnswer): Add => ({ ok: false, answer });
  if (!/^application\/json\b/i.test(header(request, 'content-type') ?? '')) return refuse({ status: 415 });
  const body = parseBody(request.body);
  if (body === null) return refuse(badRequest([say('$', 'The body is not a JSON object.')]));
  const wanted = customerOf(request).toLowerCase();
  const customer = state.customers.find((one) => one.id.toLowerCase() === wanted);
  if (customer === undefined || (app.customers !== 'all' && !app.customers.includes(customer.id))) {
    return refuse({ status: 404 });
  }
  const product = read(body, 'product');
  const asked = typeof product === 'string' ? readDraft(body) : readCurrent(body);
  if (!('name' in asked)) return refuse(badRequest(asked));
  const status = statusOf(asked, customer.id, state);
  if (status !== 1) return refuse(ok({ customerId: customer.id, product, status }));
  return { ok: true, product, service: { ...asked, customerId: customer.id, visibleFromMs: 0 } };
}

const orNone = (value: string | number | null) => (value === null ? 'N/A' : String(value));

/** A subscription as the read model shows it: strings, "N/A" where nothing applies (1.7). */
function toView(service: SimulatedService) {
  const { expiresAtMs } = service;
  const unused = ['purchasedUnits', 'microsoftLicenseAssigned', 'microsoftLicenseAvailable', 'purchasedCapacity'];
  return {
    service: service.name,
    subscriptionModel: service.model,
    purchasedUserSeats: orNone(service.seats),
    ...Object.fromEntries(unused.map((key) => [key, 'N/A'])),
    protectedCapacity: '0',
    storage: orNone(service.storage),
    retention: orNone(service.retention),
    consumedStorage: '0',
    expirationDate: expiresAtMs === null ? 'N/A' : new Date(expiresAtMs).toISOString(),
    change: 'N/A',
    source: orNone(service.source),
    paymentType: orNone(service.payment),
    subscriptionName: 'N/A',
    package: orNone(service.packageName),
    contractEndDate: orNone(service.contractEnd),
  };
}

/** The services of a customer, for the batch read. */
export function servicesOf(customerId: string, state: SimulatorState) {
  return state.services
    .filter((one) => one.customerId === customerId && one.visibleFromMs <= state.nowMs())
    .map(toView);
}
