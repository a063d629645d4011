import { expect, test } from 'vitest';
import { toReadable, toReadablePath } from './readable-address';

test('an address is read without escapes, and without its host in the line', () => {
  const address =
    'https://api.example:8443/v1/Customers%20of%20%28me%29?searchField=Company.Name&name=Zeus%20%26%20S%C3%B6hne';
  expect(toReadable(address)).toBe(
    'https://api.example:8443/v1/Customers of (me)?searchField=Company.Name&name=Zeus & Söhne',
  );
  expect(toReadablePath(address)).toBe('/v1/Customers of (me)?searchField=Company.Name&name=Zeus & Söhne');
});

test('a mask stays a mask', () => {
  expect(toReadablePath('https://api.example/v1/Customers?searchValue=‹string, 11 characters›')).toBe(
    '/v1/Customers?searchValue=‹string, 11 characters›',
  );
});

test('what could hide or turn the text, and what is no text, stays escaped', () => {
  expect(toReadable('/a%0Ab%E2%80%AEc%E2%80%8Bd')).toBe('/a%0Ab%E2%80%AEc%E2%80%8Bd');
  expect(toReadable('/a%FFb%zz%')).toBe('/a%FFb%zz%');
});
