import { MantineProvider } from '@mantine/core';
import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { catalogue } from '@/lib/messages/catalogue';
import { avepointEntry } from '@/lib/vendors/avepoint/entry';
import { zeus } from '@/lib/vendors/testing/zeus';
import type { Json } from '@/lib/vendors/vendor';
import { AvepointSection } from './section';

const nothing = () => undefined;

function drawn(profile: string | null, rest: { readonly password?: string; readonly input?: Json } = {}) {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={catalogue} timeZone="UTC">
      <MantineProvider>
        <AvepointSection
          connection={{
            connectionId: 'c-1',
            name: 'AvePoint',
            vendor: 'avepoint',
            ownerName: 'Ridge IT',
            shared: true,
            sandbox: true,
            unusable: null,
            resting: false,
            mappingId: null,
            mappingName: null,
            own: null,
            profile,
          }}
          initial={rest.input ?? avepointEntry.emptyInput}
          facts={zeus}
          countries={[{ value: 'PT', label: 'Portugal' }]}
          timeZone="UTC"
          answers={[]}
          partnerId="p-1"
          initialSecrets={rest.password === undefined ? {} : { password: rest.password }}
          onInitialSecrets={nothing}
          lint={() => []}
          findingWords={() => ''}
          onChange={nothing}
          onReady={nothing}
        />
      </MantineProvider>
    </NextIntlClientProvider>,
  );
}

describe('AvePoint’s section', () => {
  test('every field of the vendor has a control, or says what it comes from', () => {
    const html = drawn('2026-07');
    for (const id of ['dataCenter', 'password', 'managementMode', 'tags'])
      expect(html).toContain(`id="field-c-1-${id}"`);
    for (const value of ['Zeus &amp; Sons', 'ana@zeus.example', 'Ana', 'Silva', 'Portugal', '+351 210 000 000']) {
      expect(html).toContain(value);
    }
    for (const { label } of Object.values(catalogue.avepoint.fields)) expect(html).toContain(label);
  });

  test('what differs from the shared facts is shown in its own control', () => {
    expect(drawn('2026-07', { input: { firstName: 'Anna' } })).toContain('id="field-c-1-firstName"');
  });

  test('the current contract may leave the management mode open, the draft may not', () => {
    expect(drawn('2026-07')).toContain('Left open');
    expect(drawn(null)).toContain('Left open');
    expect(drawn('2025-09')).not.toContain('>Left open<');
  });

  test('the password is hidden, can be shown, and cannot be copied before there is one', () => {
    expect(drawn(null, { password: 'Pass-4711' })).toMatch(
      /type="password"[^>]*value="Pass-4711"|value="Pass-4711"[^>]*type="password"/,
    );
    expect(drawn(null)).toContain('aria-label="Show password"');
    expect(drawn(null)).toMatch(/<button[^>]*disabled=""[^>]*>.*?Copy<span/);
  });
});
