import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { classifyRpcError } from './rpc-error';
import { customerLevels, customerStates, errorNames, partnerFlags, partnerLevels, serviceTypes } from './vocabulary';

const words = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../messages/en/${file}.json`, import.meta.url), 'utf8'));

describe('words', () => {
  const own = words('cove');
  const errors = words('vendor-errors');

  test('every choice has its word', () => {
    for (const level of partnerLevels) expect(own).toHaveProperty(['level', level]);
    for (const type of ['none', ...serviceTypes]) expect(own).toHaveProperty(['serviceType', type]);
    for (const state of ['none', ...customerStates]) expect(own).toHaveProperty(['state', state]);
    for (const flag of partnerFlags) expect(own).toHaveProperty(['flag', flag]);
    expect(customerLevels.every((level) => partnerLevels.includes(level))).toBe(true);
  });

  test('every meaning of an error has its sentence', () => {
    const acts = ['login', 'create', 'read'] as const;
    const verdicts = [...Object.keys(errorNames), '424242'].flatMap((data) =>
      acts.map((act) => classifyRpcError({ data, message: '' }, act).message),
    );
    for (const message of new Set([...verdicts, 'cove.parent-outside', 'cove.elsewhere', 'cove.partner-exists'])) {
      expect(errors).toHaveProperty(message.split('.'));
    }
  });

  test('what a test of the connection read has its sentence', () => {
    expect(errors).toHaveProperty(['probe', 'ok', 'locations']);
    expect(words('connections')).toHaveProperty(['test', 'ok', 'locations']);
  });

  test('settings and secrets have their names in the form of a connection', () => {
    for (const key of ['partner', 'username']) expect(words('connections')).toHaveProperty(['form', 'settings', key]);
    expect(words('connections')).toHaveProperty(['form', 'secrets', 'password']);
  });
});
