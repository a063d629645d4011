import * as z from 'zod/mini';
import { isStorableText } from '../actions/storable';
import type { CustomerFacts } from '../vendors/vendor';

/** The shared facts of a customer as a form and an action take them. Client-safe. Only name and country are mandatory. */

const text = (most: number) =>
  z
    .string()
    .check(
      z.trim(),
      z.maxLength(most, `At most ${most} characters.`),
      z.refine(isStorableText, 'Contains characters that cannot be stored.'),
    );

export const customerFactsSchema = z.strictObject({
  name: text(255).check(z.minLength(1, 'Enter the name of the company.')),
  legalName: text(255),
  taxId: text(255),
  country: z.string().check(z.regex(/^[A-Z]{2}$/, 'Choose the country.')),
  addressLine1: text(255),
  addressLine2: text(255),
  city: text(255),
  state: text(255),
  zip: text(30),
  firstName: text(255),
  middleName: text(255),
  lastName: text(255),
  email: text(255).check(
    z.refine(
      (value) => value === '' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value),
      'Enter an e-mail address such as name@company.com.',
    ),
  ),
  phone: text(30),
  website: text(255),
});

/** Nothing typed yet. */
export const emptyCustomerFacts: CustomerFacts = {
  name: '',
  legalName: '',
  taxId: '',
  country: '',
  addressLine1: '',
  addressLine2: '',
  city: '',
  state: '',
  zip: '',
  firstName: '',
  middleName: '',
  lastName: '',
  email: '',
  phone: '',
  website: '',
};
