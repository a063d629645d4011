import { isoCountries } from '../../iso-countries';
import type { Body } from '../../simulator/request';
import type { Complaints } from './answers';
import type { SimulatorState } from './state';

/** What the server refuses in a create request (vendor-apis.md 4.3), in the words of Laravel's validator. */

const wordsOf = (name: string) => name.replaceAll('_', ' ');
const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

export function validateCreate(body: Body, state: SimulatorState): Complaints {
  const { realms, subRealms, roleGroups } = state.data;
  const found: Record<string, string[]> = {};
  const say = (field: string, text: string) => {
    const texts = found[field] ?? [];
    texts.push(text);
    found[field] = texts;
  };

  for (const name of ['name', 'currency_iso', 'country_iso', 'email', 'first_name', 'last_name', 'role_group']) {
    const value = body[name];
    if (value == null || (typeof value === 'string' && value.trim() === '')) {
      say(name, `The ${wordsOf(name)} field is required.`);
    } else if (typeof value !== 'string') say(name, `The ${wordsOf(name)} must be a string.`);
    else if (value.length > 255) say(name, `The ${wordsOf(name)} may not be greater than 255 characters.`);
  }
  const check = (name: string, holds: (value: string) => boolean, text: string) => {
    const value = body[name];
    if (typeof value === 'string' && value.trim() !== '' && !holds(value)) say(name, text);
  };
  check('currency_iso', (code) => currencies.has(code), 'The selected currency iso is invalid.');
  check('country_iso', (code) => isoCountries.has(code), 'The selected country iso is invalid.');
  check('role_group', (name) => roleGroups.includes(name), 'The selected role group is invalid.');
  check('email', (email) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email), 'The email must be a valid email address.');
  // The e-mail address is the user name in the portal (4.7).
  const isFree = (email: string) => !state.users.some((user) => user.email.toLowerCase() === email.toLowerCase());
  check('email', isFree, 'The email has already been taken.');

  const known = (ids: readonly { readonly id: number }[]) => new Set(ids.map(({ id }) => id));
  const shown = idsOf(body.shown_sub_realms);
  validateIds('realms', known(realms));
  validateIds('shown_sub_realms', known(subRealms));
  validateIds('enabled_sub_realms', new Set(shown));
  return found;

  function validateIds(name: string, allowed: ReadonlySet<number>): void {
    const value = body[name];
    if (value == null) return;
    if (!Array.isArray(value)) {
      say(name, `The ${wordsOf(name)} must be an array.`);
      return;
    }
    value.forEach((id: unknown, at) => {
      const field = `${name}.${at}`;
      if (!Number.isInteger(id)) say(field, `The ${field} must be an integer.`);
      else if (typeof id === 'number' && !allowed.has(id)) say(field, `The selected ${field} is invalid.`);
    });
  }
}

/** The whole numbers of a list; an absent one is empty. */
export function idsOf(value: unknown): number[] {
  if (!Array.isArray(value)) return [];
  return value.filter((id: unknown) => typeof id === 'number' && Number.isInteger(id));
}
