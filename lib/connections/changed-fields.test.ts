import { expect, test } from 'vitest';
import { asksSecretsAgain } from './changed-fields';
import type { EditConnectionInput } from './connection-schema';

const before: EditConnectionInput = {
  connectionId: '0198c2aa-0000-7000-8000-000000000001',
  version: 1,
  name: 'Cove',
  shared: false,
  sandbox: true,
  baseUrl: 'http://127.0.0.1:4103/jsonapi',
  tokenUrl: '',
  profile: undefined,
  settings: { partner: 'Ridge IT', username: 'api', clientId: 'one', scope: 'read', tenantDomain: 'ridge.example' },
  secrets: {},
  requestsPerSecond: null,
  timeoutMs: 20_000,
};

const set = (key: string, value: string) => ({ settings: { ...before.settings, [key]: value } });

test.each<[string, Partial<EditConnectionInput>]>([
  ['base URL', { baseUrl: 'http://127.0.0.1:9/jsonapi' }],
  ['token URL', { tokenUrl: 'http://127.0.0.1:9/token' }],
  ['sandbox', { sandbox: false }],
  ["Cove's partner", set('partner', 'Other')],
  ["Cove's user name", set('username', 'other')],
  ['client id', set('clientId', 'two')],
])('a secret is asked for again when it would go to another place or for somebody else: %s', (_, typed) => {
  expect(asksSecretsAgain(before, { ...before, ...typed })).toBe(true);
});

test.each<[string, Partial<EditConnectionInput>]>([
  ['nothing', {}],
  ['name and limits', { name: 'Other', shared: true, timeoutMs: 5000, requestsPerSecond: 2 }],
  ['spaces and a slash at the end', { baseUrl: ' http://127.0.0.1:4103/jsonapi/ ', ...set('username', ' api ') }],
  ['permissions asked for', set('scope', 'write')],
  ["the vendor's tenant, which gets no secret", set('tenantDomain', 'other.example')],
])('it is kept otherwise: %s', (_, typed) => {
  expect(asksSecretsAgain(before, { ...before, ...typed })).toBe(false);
});
