'use client';

import { IconCheck, IconCopy, IconRefresh } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { announce } from '@/components/display/announce';
import { Button } from '@/components/display/button';
import { useCopy } from '@/components/display/use-copy';
import { fieldId } from '@/components/form/field-id';
import { PlainPassword } from '@/components/form/plain-password';
import { useFieldError } from '@/components/form/use-field-error';
import { generatePassword } from '@/lib/vendors/avepoint/password';
import own from './initial-password.module.css';

interface Props {
  readonly name: string;
  readonly value: string;
  readonly onChange: (password: string) => void;
  readonly onLeave: () => void;
}

/**
 * The first password of the customer's account. It is no field of the form: it lives in this page alone until the submit,
 * is sealed then, and gone when the attempt closes.
 */
export function InitialPassword({ name, value, onChange, onLeave }: Props) {
  const t = useTranslations('avepoint.fields.password');
  const { copied, copy } = useCopy(t('label'));
  const error = useFieldError(name);
  return (
    <div className={own.password}>
      <PlainPassword
        id={fieldId(name)}
        label={t('label')}
        description={t('help')}
        required
        error={error}
        autoComplete="new-password"
        maxLength={1000}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onBlur={onLeave}
      />
      <div className={own.buttons}>
        <Button
          size="sm"
          icon={<IconRefresh size={16} aria-hidden />}
          onClick={() => {
            onChange(generatePassword());
            announce(t('generated'));
          }}
        >
          {t('generate')}
          <span className="visually-hidden"> {t('label')}</span>
        </Button>
        <Button
          size="sm"
          disabled={value === ''}
          icon={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          onClick={() => void copy(value)}
        >
          {t('copy')}
          <span className="visually-hidden"> {t('label')}</span>
        </Button>
      </div>
    </div>
  );
}
