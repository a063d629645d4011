import type { CustomerFacts } from '../vendor';
import type { CreateCustomerBody } from './contract';
import { type AvepointInput, toAccount } from './input';
import type { Profile } from './vocabulary';

/**
 * Facts and input to the body of `POST /general/customers` (vendor-apis.md 1.5), with the property names of the vendor's
 * table. Pure: the plan shows what will be sent. Empty optional fields are left out.
 * @param password the real one, or the marker that stands for it in the plan
 */
export function toCreateBody(
  facts: CustomerFacts,
  input: AvepointInput,
  { profile, password }: { readonly profile: Profile; readonly password: string },
): CreateCustomerBody {
  const account = toAccount(facts, input);
  const tags = input.tags.map((tag) => tag.trim()).filter((tag) => tag !== '');
  const telephoneNumber = account.telephoneNumber.value;
  return {
    firstName: account.firstName.value,
    lastName: account.lastName.value,
    organizationName: account.organizationName.value,
    registrationAccount: account.registrationAccount.value,
    password,
    countryCode: account.countryCode.value,
    ...(telephoneNumber === '' ? {} : { telephoneNumber }),
    dataCenter: input.dataCenter.trim().toLowerCase(),
    ...(tags.length === 0 ? {} : { tags }),
    ...toManagementMode(input, profile),
  };
}

/** The draft contract always has it, and what nobody chose is "no" there: the partner does not take over the tenant. */
function toManagementMode({ managementMode }: AvepointInput, profile: Profile): { managementMode?: boolean } {
  if (managementMode !== '') return { managementMode: managementMode === 'yes' };
  switch (profile) {
    case '2025-09':
      return { managementMode: false };
    case '2026-07':
      return {};
  }
}

/** Each key of the vendor's request and the field of our form that fills it. A test walks the founding document along it. */
const wireKeys = {
  firstname: 'firstName',
  lastname: 'lastName',
  organizationname: 'organizationName',
  registrationaccount: 'registrationAccount',
  countrycode: 'countryCode',
  telephonenumber: 'telephoneNumber',
  datacenter: 'dataCenter',
  password: 'password',
  tags: 'tags',
  managementmode: 'managementMode',
} as const;

/**
 * Leads a vendor's name of a field back to our form: without regard to case, with a leading `$` or model name, with an
 * index. Answers `customer.<fact>` where our field was left empty and the fact filled it.
 * @returns null when it names none of ours
 */
export function toFormField(vendorField: string, facts: CustomerFacts, input: AvepointInput): string | null {
  const keys = vendorField.toLowerCase().split(/[^a-z]+/);
  const found = Object.entries(wireKeys).find(([key]) => keys.includes(key))?.[1] ?? null;
  if (found === null) return null;
  const derived = Object.entries(toAccount(facts, input)).find(([name]) => name === found)?.[1];
  return derived === undefined ? found : derived.field;
}
