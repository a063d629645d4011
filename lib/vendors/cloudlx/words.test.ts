import { createTranslator } from 'next-intl';
import { describe, expect, test } from 'vitest';
import lintWords from '../../messages/en/lint.json' with { type: 'json' };
import errorWords from '../../messages/en/vendor-errors.json' with { type: 'json' };
import { zeus } from '../testing/zeus';
import { toRemark } from './created-remark';
import { lintCloudlx } from './lint';
import { userRefused } from './read-refusal';

/** A translator for keys that come with the data. */
interface LooseTranslator {
  markup(key: string, values?: Readonly<Record<string, string>>): string;
}

const say = (messages: Record<string, unknown>, key: string, params: Readonly<Record<string, string>> = {}) => {
  const onError = (error: Error) => {
    throw error;
  };
  const t: LooseTranslator = createTranslator({ locale: 'en', messages, onError });
  return t.markup(key, params);
};

describe('sentences', () => {
  test('every rule of lint has one, with its values in it', () => {
    const findings = [
      ...lintCloudlx({ ...zeus, name: '', country: '', email: '', firstName: '', lastName: '' }, {}),
      ...lintCloudlx(zeus, { name: 'x'.repeat(300), country: 'PRT', currency: 'GB', email: 'x', realms: ['seven'] }),
      ...lintCloudlx(zeus, { currency: 'QQQ', enabledSubRealms: ['328'] }),
      ...lintCloudlx(zeus, { realms: 'all' }),
    ];
    const said = findings.map(({ message, params }) => [message, say(lintWords, message, params)] as const);
    for (const [, sentence] of said) expect(sentence).not.toMatch(/[{}]|undefined/);
    expect(new Set(said.map(([rule]) => rule))).toEqual(
      new Set(Object.keys(lintWords.cloudlx).map((rule) => `cloudlx.${rule}`)),
    );
    expect(say(lintWords, 'cloudlx.required', { field: 'currency' })).toBe(
      'A currency is needed: the country does not tell it.',
    );
  });

  test('a refusal of the first user says whether anything took effect', () => {
    const params = { vendor: 'CloudLX', status: '422', effect: 'none' };
    expect(say(errorWords, userRefused, params)).toContain('nothing took effect');
    expect(say(errorWords, 'cloudlx.user-refused-unknown', params)).toContain('may have made the customer');
    expect(say(errorWords, 'cloudlx.already-exists', params)).toContain('adopt');
  });

  test('“created, but …” names what is missing, what is not enabled, and nothing else', () => {
    const remark = toRemark(
      { shown_sub_realms: [313, 328, 331], enabled_sub_realms: [328] },
      {
        sub_realms: [
          { id: 313, name: 'SD WAN' },
          { id: 328, name: 'Cloud SBC & Conversion', has_access: false },
        ],
      },
    );
    expect(say(errorWords, `remarks.${remark?.message}`, remark?.params)).toBe(
      'Created, but CloudLX did not take all sub-realms as asked. Not shown to the customer: 331. ' +
        'Shown, but not enabled: Cloud SBC & Conversion (328). Correct it in the CloudLX portal.',
    );
    expect(say(errorWords, 'remarks.cloudlx.sub-realms-unsaid')).toContain('did not say');
  });
});
