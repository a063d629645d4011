import 'server-only';
import type { CustomerFacts } from '../vendors/vendor';

/** The shared facts of a customer's row. Pure. */
export function toCustomerFacts(row: CustomerFacts): CustomerFacts {
  const { name, legalName, taxId, country, addressLine1, addressLine2, city, state, zip } = row;
  const { firstName, middleName, lastName, email, phone, website } = row;
  return {
    name,
    legalName,
    taxId,
    country,
    addressLine1,
    addressLine2,
    city,
    state,
    zip,
    firstName,
    middleName,
    lastName,
    email,
    phone,
    website,
  };
}
