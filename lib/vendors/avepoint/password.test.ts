import { describe, expect, test } from 'vitest';
import { generatePassword, passwordLength } from './password';

describe('a generated password', () => {
  test('is of 24 characters of every class, without those that are taken for others', () => {
    const seen = new Set<string>();
    for (let times = 0; times < 500; times += 1) {
      const password = generatePassword();
      expect(password.length).toBe(passwordLength);
      for (const some of [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z0-9]/]) expect(password).toMatch(some);
      expect(password).not.toMatch(/[0O1lI"'<>&\s]/);
      seen.add(password);
    }
    expect(seen.size).toBe(500);
  });

  test('every character is as likely as another', () => {
    const counts = new Map<string, number>();
    for (let times = 0; times < 2000; times += 1) {
      for (const one of generatePassword()) counts.set(one, (counts.get(one) ?? 0) + 1);
    }
    const all = [...counts.values()];
    const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
    expect(all.length).toBe(68);
    // Asking for every class lifts the small ones a little, and no more.
    for (const count of all) expect(Math.abs(count / mean - 1)).toBeLessThan(0.35);
  });

  test('bytes that would favour the first characters are thrown away, and so is a password that lacks a class', () => {
    const bytes = [...Array(passwordLength).fill(0), 255, 204, ...Array(passwordLength - 3).fill(0), 30, 50, 60];
    const password = generatePassword((target) => {
      target[0] = bytes.shift();
    });
    expect(password).toBe(`${'A'.repeat(passwordLength - 3)}g3%`);
    expect(bytes).toEqual([]);
  });
});
