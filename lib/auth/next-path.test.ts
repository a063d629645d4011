import { expect, test } from 'vitest';
import { toNextPath } from './next-path';

test.each([
  ['/customers', '/customers'],
  ['/attempts?state=unknown&state=refused#row', '/attempts?state=unknown&state=refused#row'],
  ['/customers/../users', '/users'],
])('%j leads to %j after the sign-in', (next, path) => {
  expect(toNextPath(next)).toBe(path);
});

test.each([
  undefined,
  '',
  'customers',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/..//evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/sign-in?next=/sign-in',
  '/api/attempts/export',
  `/${'a'.repeat(2_000)}`,
])('%j leads to the overview', (next) => {
  expect(toNextPath(next)).toBe('/');
});
