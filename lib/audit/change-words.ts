import { factNames } from '../customers/changed-facts';
import type { Words } from '../messages/words';
import type { Json } from '../vendors/vendor';

const plain = [
  'name',
  'shared',
  'sandbox',
  'baseUrl',
  'tokenUrl',
  'profile',
  'requestsPerSecond',
  'timeoutMs',
] as const;
const settings = ['tenantDomain', 'clientId', 'scope', 'partner', 'username'] as const;
const secrets = ['clientSecret', 'password'] as const;
const filterKeys = [
  ...(['vendor', 'connection', 'operation', 'state', 'needs', 'actor', 'partner', 'customer', 'country'] as const),
  ...(['action', 'when', 'dayFrom', 'dayUntil', 'q'] as const),
] as const;

type Detail = Readonly<Record<string, Json | undefined>>;

const list = new Intl.ListFormat('en', { style: 'long', type: 'conjunction' });

/** What was changed of a customer: the names of its facts alone, as what they were is personal. Empty without any. Pure. */
export function customerChanges(detail: Detail, words: Words): string {
  const changed = factNames.filter((name) => textsOf(detail.fields).includes(name));
  return list.format(changed.map((name) => words('audit.changeOf', { field: words(`onboarding.facts.${name}`) })));
}

/** What was changed of a connection, with what from and to where the entry says; of a secret only that it was. Pure. */
export function connectionChanges(detail: Detail, words: Words): string {
  const fields = textsOf(detail.fields);
  const named = [
    ...plain
      .filter((name) => fields.includes(name))
      .map((name) => change(words(`connections.form.${name}`), detail[`from.${name}`], detail[`to.${name}`], words)),
    ...settings
      .filter((name) => fields.includes(`settings.${name}`))
      .map((name) => words('audit.changeOf', { field: words(`connections.form.settings.${name}`) })),
    ...secrets
      // An entry of the connections file once named a secret without its group.
      .filter((name) => fields.includes(`secrets.${name}`) || fields.includes(name))
      .map((name) => words('audit.secretChange', { field: words(`connections.form.secrets.${name}`) })),
  ];
  return list.format(named);
}

function change(field: string, from: Json | undefined, to: Json | undefined, words: Words): string {
  if (from === undefined || to === undefined) return words('audit.changeOf', { field });
  return words('audit.changeFromTo', { field, from: valueWords(from, words), to: valueWords(to, words) });
}

function valueWords(value: Json, words: Words): string {
  if (typeof value === 'boolean') return words(value ? 'connections.stale.on' : 'connections.stale.off');
  return words('audit.valueText', { value: typeof value === 'string' ? value : JSON.stringify(value) });
}

/** By what an exported list was filtered, without the values. Empty without a filter. Pure. */
export function filterWords(detail: Detail, words: Words): string {
  const given = textsOf(detail.filters).map((one) => one.split('=', 1)[0]);
  return list.format(filterKeys.filter((key) => given.includes(key)).map((key) => words(`audit.filterName.${key}`)));
}

function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
