import * as z from 'zod/mini';
import { isStorableText } from '../actions/storable';
import type { VendorCatalogEntry } from '../vendors/catalog-entry';
import { vendorKeys } from '../vendors/vendor';

/** What the form of a connection takes, and its actions parse again. Client-safe. Addresses are judged once more on the server. */

const text = (most: number) =>
  z
    .string()
    .check(
      z.trim(),
      z.maxLength(most, `At most ${most} characters.`),
      z.refine(isStorableText, 'Contains characters that cannot be stored.'),
    );
const needed = (most: number, sentence: string) => text(most).check(z.minLength(1, sentence));
/** A handful of values by key; which keys is the vendor's to say. */
const byKey = <T extends z.ZodMiniType<string>>(value: T) =>
  z.record(z.string().check(z.maxLength(50)), value).check(z.refine((all) => Object.keys(all).length <= 20));

const fields = {
  name: needed(255, 'Enter a name.'),
  shared: z.boolean(),
  sandbox: z.boolean(),
  baseUrl: needed(2000, 'Enter the address.'),
  /** Empty where the vendor has no token URL of its own. */
  tokenUrl: text(2000),
  /** Absent where the vendor has one contract only; on an edit, it is then kept as it is. */
  profile: z.optional(text(100)),
  settings: byKey(text(2000)),
  /** Write-only. On an edit, an empty one is kept as it is. Not trimmed: a space may belong to it. */
  secrets: byKey(
    z
      .string()
      .check(
        z.maxLength(4000, 'At most 4000 characters.'),
        z.refine(isStorableText, 'Contains characters that cannot be stored.'),
      ),
  ),
  /** Null: unlimited. */
  requestsPerSecond: z.nullable(
    z
      .number('Enter a number, or leave it empty.')
      .check(z.minimum(0.01, 'At least 0.01.'), z.maximum(1000, 'At most 1000.')),
  ),
  timeoutMs: z.number('Enter the longest wait in milliseconds.').check(
    z.refine((value) => Number.isInteger(value), 'Enter a whole number.'),
    z.minimum(1000, 'At least 1000 ms.'),
    z.maximum(25_000, 'At most 25000 ms.'),
  ),
};

interface Checked {
  readonly sandbox: boolean;
  readonly baseUrl: string;
  readonly tokenUrl: string;
}

const isWebAddress = (value: string) => /^https?:\/\/[^\s/]/i.test(value) && URL.canParse(value);

/** What the browser can already say of an address; the rest (private, local, user names) is said by the server. */
function addressSentence(value: string, sandbox: boolean): string | null {
  if (!isWebAddress(value)) return 'This is not an address. It must look like https://api.vendor.com.';
  if (!sandbox && !/^https:/i.test(value)) {
    return 'The address must start with https://. Plain http is for sandbox connections only.';
  }
  return null;
}

function addressIssues({
  sandbox,
  baseUrl,
  tokenUrl,
}: Checked): readonly { path: readonly string[]; message: string }[] {
  return Object.entries({ baseUrl, tokenUrl }).flatMap(([field, value]) => {
    const message = value === '' ? null : addressSentence(value, sandbox);
    return message === null ? [] : [{ path: [field], message }];
  });
}

/** What the form needs to know of a vendor; the rest of its catalogue entry stays out of the page. */
export type VendorFields = Pick<
  VendorCatalogEntry,
  'vendor' | 'name' | 'baseUrl' | 'tokenUrl' | 'settings' | 'secrets' | 'profiles'
>;

/**
 * What the vendor needs and is missing, and what is longer than it takes, by field: `settings.<key>`, `secrets.<key>`,
 * `tokenUrl`. Pure.
 */
export function vendorIssues(
  vendor: VendorFields,
  given: {
    readonly tokenUrl: string;
    readonly settings: Readonly<Record<string, string>>;
    readonly secrets: Readonly<Record<string, string>>;
  },
  { secretsToo }: { readonly secretsToo: boolean },
): readonly { readonly path: readonly string[]; readonly message: string }[] {
  const message = `${vendor.name} needs this.`;
  const empty = (values: Readonly<Record<string, string>>, key: string) => (values[key] ?? '').trim() === '';
  return [
    ...(vendor.tokenUrl !== null && given.tokenUrl === '' ? [{ path: ['tokenUrl'], message }] : []),
    ...vendor.settings
      .filter(({ key, required, fallback }) => required && fallback === '' && empty(given.settings, key))
      .map(({ key }) => ({ path: ['settings', key], message })),
    ...vendor.settings.flatMap(({ key, max }) =>
      max === undefined || (given.settings[key] ?? '').trim().length <= max
        ? []
        : [{ path: ['settings', key], message: tooLong(vendor, max) }],
    ),
    ...(secretsToo ? vendor.secrets.filter(({ key, required }) => required && empty(given.secrets, key)) : []).map(
      ({ key }) => ({ path: ['secrets', key], message }),
    ),
  ];
}

/** A sentence for a setting that the vendor would refuse for its length. */
export function tooLong(vendor: Pick<VendorFields, 'name'>, max: number): string {
  return `${vendor.name} takes at most ${max} characters here.`;
}

/** What vendor and address need besides is checked by the form with `createFormSchema`, and again by the operation. */
export const createConnectionSchema = z
  .strictObject({
    partnerId: z.uuid('Choose the owner.'),
    vendor: z.enum(vendorKeys, 'Choose the vendor.'),
    ...fields,
  })
  .check((context) => {
    for (const issue of addressIssues(context.value)) {
      context.issues.push({ code: 'custom', input: context.value, path: [...issue.path], message: issue.message });
    }
  });

/** The schema of the form of a new connection, which also says what the chosen vendor needs. */
export function createFormSchema(vendors: readonly VendorFields[]) {
  return createConnectionSchema.check((context) => {
    const vendor = vendors.find((one) => one.vendor === context.value.vendor);
    const issues = vendor === undefined ? [] : vendorIssues(vendor, context.value, { secretsToo: true });
    for (const { path, message } of issues) {
      context.issues.push({ code: 'custom', input: context.value, path: [...path], message });
    }
  });
}

export type CreateConnectionInput = z.infer<typeof createConnectionSchema>;

export const editConnectionSchema = z
  .strictObject({ connectionId: z.uuid(), version: z.int(), ...fields })
  .check((context) => {
    for (const issue of addressIssues(context.value)) {
      context.issues.push({ code: 'custom', input: context.value, path: [...issue.path], message: issue.message });
    }
  });
export type EditConnectionInput = z.infer<typeof editConnectionSchema>;

/** The schema of the form of a connection of this vendor, which also says what the vendor needs. */
export function editFormSchema(vendor: VendorFields) {
  return editConnectionSchema.check((context) => {
    for (const { path, message } of vendorIssues(vendor, context.value, { secretsToo: false })) {
      context.issues.push({ code: 'custom', input: context.value, path: [...path], message });
    }
  });
}

/** Disable, enable: the record as the person saw it. */
export const connectionVersionSchema = z.strictObject({ connectionId: z.uuid(), version: z.int() });

export const connectionIdSchema = z.strictObject({ connectionId: z.uuid() });

export const setMappingSchema = z.strictObject({
  connectionId: z.uuid(),
  partnerId: z.uuid('Choose the partner.'),
  externalId: needed(255, 'Choose what the partner is at the vendor.'),
  /** The vendor's name for it, as the picker showed it. */
  externalName: text(255),
  /** Version of the mapping that was shown; null when there was none. */
  version: z.nullable(z.int()),
});
export type SetMappingInput = z.infer<typeof setMappingSchema>;

export const removeMappingSchema = z.strictObject({ mappingId: z.uuid(), version: z.int() });
