/** The facts of a customer as they are shown and edited: in groups, in order. Client-safe. */
export const factGroups = [
  { group: 'company', facts: ['name', 'legalName', 'taxId', 'website'] },
  { group: 'address', facts: ['country', 'addressLine1', 'addressLine2', 'zip', 'city', 'state'] },
  { group: 'contact', facts: ['firstName', 'middleName', 'lastName', 'email', 'phone'] },
] as const;
