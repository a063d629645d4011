import { describe, expect, test } from 'vitest';
import { classifyRpcError } from './rpc-error';

type Row = readonly [data: unknown, message: string, create: string, read: string, login: string];

const unknown = 'vendor-failure/unknown cove.fault';
const fault = 'vendor-failure/none cove.fault*';
const refused = 'rejected/none cove.refused';
const signIn = 'forbidden/none sign-in-refused';
const visa = 'unauthorized/none unauthorized';
const exists = 'already-exists/earlier cove.already-exists';

// kind/effect and message, with `*` where a person may try again as it stands.
const table: readonly Row[] = [
  [1701, 'Visa is inconsistent/corrupted.', visa, visa, signIn],
  [2100, 'Unknown partner/username or bad password', unknown, refused, signIn],
  [
    13501,
    'Operation failed because of security reasons',
    'forbidden/none cove.not-allowed',
    'forbidden/none cove.not-allowed',
    signIn,
  ],
  [2101, '', 'rejected/none cove.parent-not-found', 'rejected/none cove.not-found', 'rejected/none cove.not-found'],
  [2104, '', 'rejected/none cove.parent-state', 'rejected/none cove.parent-state', 'rejected/none cove.parent-state'],
  [2113, '', unknown, refused, signIn],
  [2115, '', exists, refused, refused],
  [2116, '', 'rate-limited/none cove.limit*', 'rate-limited/none cove.limit*', 'rate-limited/none cove.limit*'],
  [1709, '', unknown, refused, signIn],
  [1700, '', unknown, fault, refused],
  [1704, '', unknown, fault, fault],
  [2102, '', unknown, fault, refused],
  [2103, '', unknown, fault, refused],
  [2105, '', unknown, refused, refused],
  [1801, '', unknown, refused, refused],
  [424242, 'Something else', unknown, refused, refused],
  // by the words, where the number is not public or absent
  [1801, 'A partner with this name already exists.', exists, refused, refused],
  [null, 'Parent was not found', 'rejected/none cove.parent-not-found', 'rejected/none cove.not-found', refused],
  [undefined, 'Your visa has expired', visa, visa, signIn],
  [
    undefined,
    'Operation failed because of security reasons',
    'forbidden/none cove.not-allowed',
    'forbidden/none cove.not-allowed',
    signIn,
  ],
  [undefined, 'The user is locked for 15 minutes', unknown, refused, signIn],
  [undefined, 'Internal error', unknown, refused, refused],
  ['2115', '', exists, refused, refused],
  [{ deep: 1 }, '', unknown, refused, refused],
];

const said = (data: unknown, message: string, act: 'create' | 'read' | 'login', code: unknown = -32603) => {
  const verdict = classifyRpcError({ code, message, data }, act);
  return `${verdict.kind}/${verdict.effect} ${verdict.message}${verdict.retryable ? '*' : ''}`;
};

describe('what an error object means, by its number, then by its words', () => {
  test.each(table)('%j %s', (data, message, create, read, login) => {
    expect([said(data, message, 'create'), said(data, message, 'read'), said(data, message, 'login')]).toEqual([
      create,
      read,
      login,
    ]);
  });

  test('the code is no help: whatever it is, the verdict is the same', () => {
    for (const code of [-32603, -32602, -32601, -32600, 1701, null, undefined]) {
      for (const [data, message, create] of table) expect(said(data, message, 'create', code)).toBe(create);
    }
  });

  test('no number that is not in the table makes a create refused', () => {
    const known = new Set([1701, 13501, 2101, 2104, 2115, 2116]);
    for (let number = 0; number < 15_000; number += 1) {
      if (!known.has(number)) expect(said(number, '', 'create')).toBe(unknown);
    }
  });
});
