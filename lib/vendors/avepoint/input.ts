import * as z from 'zod/mini';
import type { CustomerFacts } from '../vendor';
import { type AccountField, accountFieldNames, managementModes } from './vocabulary';

/**
 * The AvePoint section of the form. Client-safe. An empty text means "take it from the customer's shared facts"; rules
 * about content are lint, so that a draft can always be kept. The password is no part of it: it is an initial secret.
 */

const text = () => z._default(z.string().check(z.maxLength(2000)), '');

export const avepointInputSchema = z.object({
  organizationName: text(),
  registrationAccount: text(),
  firstName: text(),
  lastName: text(),
  countryCode: text(),
  telephoneNumber: text(),
  /** A GUID, from the vendor's list or typed. */
  dataCenter: text(),
  tags: z._default(z.array(z.string().check(z.maxLength(255))).check(z.maxLength(50)), []),
  /** Does the partner manage the customer's tenant? Empty: see `managementModes`. */
  managementMode: z._default(z.enum(['', ...managementModes]), ''),
});
export type AvepointInput = z.infer<typeof avepointInputSchema>;

/** The section as it opens. */
export const emptyAvepointInput: AvepointInput = avepointInputSchema.parse({});

/** Where a field comes from when it is left empty in this section. */
export const factOf = {
  organizationName: 'name',
  registrationAccount: 'email',
  firstName: 'firstName',
  lastName: 'lastName',
  countryCode: 'country',
  telephoneNumber: 'phone',
} as const satisfies Record<AccountField, keyof CustomerFacts>;

/** A field as it will be sent, and the form field it came from (`customer.<fact>` when derived). */
export interface Derived {
  readonly value: string;
  readonly field: string;
}

export type Account = Readonly<Record<AccountField, Derived>>;

/** The customer and its account as they will be sent: what is typed in this section wins over the shared facts. Trimmed. */
export function toAccount(facts: CustomerFacts, input: AvepointInput): Account {
  const derive = (name: AccountField): Derived => {
    const typed = input[name].trim();
    const value = typed === '' ? facts[factOf[name]].trim() : typed;
    return {
      value: name === 'countryCode' ? value.toUpperCase() : value,
      field: typed === '' ? `customer.${factOf[name]}` : name,
    };
  };
  return {
    organizationName: derive('organizationName'),
    registrationAccount: derive('registrationAccount'),
    firstName: derive('firstName'),
    lastName: derive('lastName'),
    countryCode: derive('countryCode'),
    telephoneNumber: derive('telephoneNumber'),
  };
}

/** What may be stored of a create request: every documented key but the password's value. Syntax: `http/redact.ts`. */
export const keptOfCreate: readonly string[] = [
  ...accountFieldNames,
  'dataCenter',
  'tags[]',
  'managementMode',
  '-password',
];

/** What may be stored of the answer to a create request. */
export const keptOfCreated: readonly string[] = ['status', 'id', 'customerId'];

/** What may be stored of a refusal: all that the sibling API documents, as every word helps to mend the request. */
export const keptOfRefusal: readonly string[] = [
  'statusCode',
  'message',
  'errors[].code',
  'errors[].field',
  'errors[].message',
  'requestId',
  'timestamp',
  'traceId',
];
