import 'server-only';

import { invalidRequest } from '../../http/problem';
import { allowList, redact } from '../../http/redact';
import { VendorError } from '../../http/vendor-error';
import type { Json, VendorCall, VendorOutcome } from '../../vendor';
import type { FoundService, ServiceTarget, VendorServices } from '../../vendor-services';
import { type AvepointClient, vendorName } from '../client';
import { toProfile } from '../vocabulary';
import { type TimeUnit, toServiceBody, toServiceField } from './body';
import { addServiceSchemas, type ServicePage } from './contract';
import { keptOfService, serviceInputSchema } from './input';
import { toServiceOutcome } from './outcome';
import { productNamed, productOf } from './vocabulary';

const serviceList = allowList(keptOfService);

/** AvePoint's services as Quayside knows them: the form in words, the connection's contract on the wire. */
export function createAvepointServices(client: AvepointClient): VendorServices {
  return {
    parseInput: (value) => serviceInputSchema.parse(value),
    productOf(input) {
      const product = productOf(serviceInputSchema.parse(input).product);
      return product === null ? null : { key: product.key, name: product.name };
    },
    toAddService: (input, target) => ({
      method: 'POST',
      path: `/partner/external/v3/general/customers/${encodeURIComponent(target.customerId)}/services`,
      headers: { 'content-type': 'application/json' },
      body: bodyOf(input, target),
    }),
    addService: (call, input, target) => addService(client, call, { input, target }),
    listServices: (call, customerId) => listServices(client, call, customerId),
    mask: (body) => redact(body, serviceList),
  };
}

function bodyOf(input: Json, { profile, settings }: ServiceTarget): Readonly<Record<string, Json>> {
  return toServiceBody(serviceInputSchema.parse(input), { profile: toProfile(profile), timeUnit: unitOf(settings) });
}

/** The draft names no unit for its dates: a connection may say that it is seconds. */
function unitOf(settings: ServiceTarget['settings']): TimeUnit {
  return settings.timeUnit?.trim().toLowerCase() === 'seconds' ? 'seconds' : 'milliseconds';
}

interface Adding {
  readonly input: Json;
  readonly target: Omit<ServiceTarget, 'settings'>;
}

async function addService(client: AvepointClient, call: VendorCall, { input, target }: Adding): Promise<VendorOutcome> {
  const { customerId, profile } = target;
  const body = bodyOf(input, { ...target, settings: call.connection.settings });
  const checked = addServiceSchemas[toProfile(profile)].safeParse(body);
  if (!checked.success) {
    const paths = checked.error.issues.map((issue) => issue.path.map(String).join('.'));
    const fieldErrors = [...new Set(paths)].map((path) => ({
      field: toServiceField(path),
      vendorField: path,
      messages: [],
    }));
    return { state: 'refused', problem: invalidRequest(vendorName, fieldErrors) };
  }
  try {
    return toServiceOutcome(await client.addService(call, customerId, body), { customerId, product: body.product });
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    const { problem } = error;
    const fieldErrors = problem.fieldErrors.map((one) => ({
      ...one,
      field: one.vendorField === null ? null : toServiceField(one.vendorField),
    }));
    return { state: problem.effect === 'unknown' ? 'unknown' : 'refused', problem: { ...problem, fieldErrors } };
  }
}

/** Reads the services of one customer. Absence proves nothing: the application may be allowed to see some customers only. */
async function listServices(
  client: AvepointClient,
  call: VendorCall,
  customerId: string,
): Promise<readonly FoundService[]> {
  const pick = (page: ServicePage) =>
    page.data
      .filter((row) => row.customerId.toLowerCase() === customerId.toLowerCase())
      .flatMap((row) => row.products ?? []);
  const { value } = await client.readServices(call, customerId, (page) => ({
    rows: page.data.length,
    services: pick(page).map(({ service }) => service),
  }));
  return pick(value).map(toFoundService);
}

type Subscription = NonNullable<ServicePage['data'][number]['products']>[number];

function toFoundService({ service, ...row }: Subscription): FoundService {
  const facts = {
    model: row.subscriptionModel,
    seats: row.purchasedUserSeats,
    storage: row.storage,
    retention: row.retention,
    expires: row.expirationDate,
    package: row.package,
    source: row.source,
    payment: row.paymentType,
    contractEnd: row.contractEndDate,
  };
  return { product: productNamed(service)?.key ?? null, name: service, facts: said(facts) };
}

/** The vendor writes "N/A" where it has nothing to say. */
function said(facts: Readonly<Record<string, string | null | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [key, value] of Object.entries(facts)) {
    const text = value?.trim() ?? '';
    if (text !== '' && !/^n\/?a$/i.test(text)) kept[key] = text;
  }
  return kept;
}
