import { isoCountries } from '../../iso-countries';
import type { Body } from '../../simulator/request';

/** What the server refuses in a create request, by the table of 1.5 (both contracts). Unknown keys are tolerated. */
export interface Complaint {
  readonly code: string;
  readonly field: string;
  readonly message: string;
}

/** Texts of the body, and whether the vendor requires them. */
const texts: readonly (readonly [string, boolean])[] = [
  ['firstName', true],
  ['lastName', true],
  ['organizationName', true],
  ['registrationAccount', true],
  ['countryCode', true],
  ['telephoneNumber', false],
  ['dataCenter', true],
  ['password', true],
];

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const say = (field: string, message: string): Complaint => ({ code: 'InvalidParameter', field, message });

/** Reads a key as the server's model binder does: without regard to case (1.10: `RegistrationAccount` was accepted). */
export function read(body: Body, name: string): unknown {
  const key = Object.keys(body).find((one) => one.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : body[key];
}

export function readText(body: Body, name: string): string | null {
  const value = read(body, name);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

export function validateCreate(body: Body): Complaint[] {
  const complaints = texts.flatMap(([name, required]) => {
    const value = read(body, name);
    if (value != null && typeof value !== 'string') return [say(name, `The value of ${name} must be a string.`)];
    return required && readText(body, name) === null ? [say(name, `The value of ${name} is required.`)] : [];
  });
  const account = readText(body, 'registrationAccount');
  if (account !== null && !/^[^\s@]+@[^\s@]+$/.test(account)) {
    complaints.push(say('registrationAccount', 'The registration account must be an email address.'));
  }
  const country = readText(body, 'countryCode');
  if (country !== null && !isoCountries.has(country)) {
    complaints.push(say('countryCode', 'The country code is not in the list of countries.'));
  }
  // The list of data centers is closed, but the vendor's own sample is not on it: the shape is what counts.
  const dataCenter = readText(body, 'dataCenter');
  if (dataCenter !== null && !guid.test(dataCenter)) complaints.push(say('dataCenter', 'The value must be a GUID.'));
  const tags = read(body, 'tags');
  if (tags != null && !(Array.isArray(tags) && tags.every((tag) => typeof tag === 'string'))) {
    complaints.push(say('tags', 'The value of tags must be an array of strings.'));
  }
  const managementMode = read(body, 'managementMode');
  if (managementMode != null && typeof managementMode !== 'boolean') {
    complaints.push(say('managementMode', 'The value of managementMode must be a boolean.'));
  }
  return complaints;
}
