import { parseOptions } from '@node-rs/argon2';
import { describe, expect, test } from 'vitest';
import { generatePassword, hashPassword, passwordProblem, verifyPassword } from './passwords';

const owner = { email: 'otto.berger@ridge-it.example', name: 'Otto Berger', partnerName: 'Harbor Cloud' };

describe('S21 a stored password', () => {
  test('is argon2id with 46 MiB, one pass, one lane', async () => {
    const stored = await hashPassword('violet anchor 93 teacup');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$/);
    expect(parseOptions(stored)).toMatchObject({ memoryCost: 47_104, timeCost: 1, parallelism: 1 });
  });

  test('is another one each time, and opens to its password alone', async () => {
    const [one, other] = await Promise.all([
      hashPassword('violet anchor 93 teacup'),
      hashPassword('violet anchor 93 teacup'),
    ]);
    expect(one).not.toBe(other);
    expect(await verifyPassword(one, 'violet anchor 93 teacup')).toBe(true);
    expect(await verifyPassword(one, 'violet anchor 93 teacuP')).toBe(false);
  });

  test('opens however the same characters were composed', async () => {
    const stored = await hashPassword('caf\u00e9 m\u00fcnster ankerplatz');
    expect(await verifyPassword(stored, 'cafe\u0301 mu\u0308nster ankerplatz')).toBe(true);
  });

  test('of an account that is not there never matches', async () => {
    expect(await verifyPassword(null, 'violet anchor 93 teacup')).toBe(false);
  });
});

const refused: readonly (readonly [string, RegExp])[] = [
  ['', /at least 15/],
  ['fourteen chars', /at least 15/],
  ['x'.repeat(257), /at most 256/],
  ['passwordpassword', /easy to guess/],
  ['password1234567', /easy to guess/],
  ['P@ssw0rd!P@ssw0rd!', /easy to guess/],
  ['Welcome2Winter2026', /easy to guess/],
  ['Summer2026Summer2026', /easy to guess/],
  ['letmein letmein letmein', /easy to guess/],
  ['iloveyouforever123', /easy to guess/],
  ['aaaaaaaaaaaaaaaaaa', /easy to guess/],
  ['abcabcabcabcabcabc', /easy to guess/],
  ['123456789012345', /easy to guess/],
  ['987654321098765', /easy to guess/],
  ['qwertyuiopasdfghjkl', /easy to guess/],
  ['1qaz2wsx3edc4rfv', /easy to guess/],
  ['q1w2e3r4t5y6u7i8', /easy to guess/],
  ['zxcvbnm,./zxcvbnm,./', /easy to guess/],
  ['admin-admin-2026!!', /easy to guess/],
  ['correct horse battery staple', /easy to guess/],
  // What goes with the account.
  ['quayside teapot 4471 moss', /easy to guess/],
  ['otto likes teapots 4471', /easy to guess/],
  ['BERGER teapots 4471 x', /easy to guess/],
  ['teapots at ridge-it 4471', /easy to guess/],
  ['h4rborcl0ud teapots 44', /easy to guess/],
];

const accepted = [
  'violet anchor 93 teacup',
  'Tr0ubadour&teakettle',
  'gabled-walnut-orbit-lichen',
  `${'x'.repeat(3)}kv92mqzt7rplwdh`,
  'жираф под зонтом читает',
  '正確な馬の電池の主食を毎日三回食べる',
  ' leading and trailing spaces count ',
  `${'gibbon '.repeat(8)}pamphlet vestibule 64`,
];

describe('S21 password rules', () => {
  test.each(refused)('%j is refused', (password, sentence) => {
    expect(passwordProblem(password, owner)).toMatch(sentence);
  });

  test.each(accepted)('%j is accepted', (password) => {
    expect(passwordProblem(password, owner)).toBeNull();
  });

  test('64 characters and more are accepted, up to 256', () => {
    const words = 'gabled walnut orbit lichen vestibule pamphlet quarry thimble ';
    for (const length of [64, 128, 256]) {
      const password = Array.from(words.repeat(5)).slice(0, length).join('');
      expect(passwordProblem(password, owner)).toBeNull();
    }
  });

  test('a character outside the basic plane counts as one', () => {
    expect(passwordProblem('🦊🐙🦉🐢🦔🐝🦋', owner)).toMatch(/at least 15/);
  });

  test('a generated password passes them, and is never the same', () => {
    const made = Array.from({ length: 200 }, generatePassword);
    expect(new Set(made).size).toBe(200);
    for (const password of made) expect(passwordProblem(password, owner)).toBeNull();
  });
});
