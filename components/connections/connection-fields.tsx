'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { VendorFields } from '@/lib/connections/connection-schema';
import { FormSection } from '../form/form-section';
import { NumberField } from '../form/number-field';
import { PasswordField } from '../form/password-field';
import { SwitchField } from '../form/switch-field';
import { TextField } from '../form/text-field';
import { NativeSelectField } from '../vendors/native-select-field';
import { useFieldWords } from './field-words';

interface Props {
  vendor: VendorFields;
  /** Fields before the name: vendor and owner of a new connection. */
  first?: ReactNode;
  /** May this installation have sandbox connections, or has this one been one already? */
  sandboxPossible: boolean;
  /** What stands below a secret: when it was set, that it must be typed again. Null for one that is required. */
  secretNote: (field: string) => ReactNode;
}

/** The fields of a connection, new or edited, as its vendor needs them. */
export function ConnectionFields({ vendor, first, sandboxPossible, secretNote }: Props) {
  const t = useTranslations('connections.form');
  const words = useFieldWords();
  return (
    <>
      <FormSection title={t('what')} description={t(first === undefined ? 'whatHelp' : 'whatHelpNew')}>
        {first}
        <div data-wide>
          <TextField name="name" label={t('name')} required maxLength={255} />
        </div>
        <SwitchField name="shared" label={t('shared')} description={t('sharedHelp')} />
        <SwitchField
          name="sandbox"
          label={t('sandbox')}
          description={t(sandboxPossible ? 'sandboxHelp' : 'sandboxOff')}
          disabled={!sandboxPossible}
        />
      </FormSection>
      <FormSection title={t('where')} description={t('whereHelp')}>
        <div data-wide>
          <TextField name="baseUrl" label={t('baseUrl')} type="url" required mono />
        </div>
        {vendor.tokenUrl !== null && (
          <div data-wide>
            <TextField name="tokenUrl" label={t('tokenUrl')} description={t('tokenUrlHelp')} type="url" required mono />
          </div>
        )}
        {vendor.profiles.length > 0 && (
          <div data-wide>
            <NativeSelectField
              name="profile"
              label={t('profile')}
              description={t('profileHelp', { vendor: vendor.name })}
              required
              options={vendor.profiles.map((profile) => ({ value: profile, label: words.profile(profile) }))}
            />
          </div>
        )}
      </FormSection>
      <FormSection title={t('credentials')} description={t('credentialsHelp')}>
        {vendor.settings.map(({ key, required, fallback }) => (
          <div key={key} data-wide>
            <TextField
              name={`settings.${key}`}
              label={words.setting(key)}
              required={required && fallback === ''}
              mono
              {...(words.settingHelp(key) === '' ? {} : { description: words.settingHelp(key) })}
            />
          </div>
        ))}
        {vendor.secrets.map(({ key, required }) => {
          const note = secretNote(key);
          return (
            <div key={key} data-wide>
              <PasswordField
                name={`secrets.${key}`}
                label={words.secret(key)}
                autoComplete="off"
                required={required && note === null}
                {...(note === null ? {} : { description: note })}
              />
            </div>
          );
        })}
      </FormSection>
      <FormSection title={t('limits')} description={t('limitsHelp')}>
        <NumberField
          name="requestsPerSecond"
          label={t('requestsPerSecond')}
          description={t('requestsPerSecondHelp')}
          decimals={2}
        />
        <NumberField name="timeoutMs" label={t('timeoutMs')} description={t('timeoutMsHelp')} unit="ms" required />
      </FormSection>
    </>
  );
}
