'use client';

import { PasswordInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { fieldId } from './field-id';
import type { FieldProps } from './field-props';
import { useFieldError } from './use-field-error';

interface Props extends FieldProps {
  readonly maxLength?: number;
  /** `new-password` for one that is made here, `off` for a vendor's secret. */
  readonly autoComplete?: 'new-password' | 'current-password' | 'off';
}

/** A password or secret, with a button that shows it. */
export function PasswordField({ name, required = false, autoComplete = 'new-password', ...rest }: Props) {
  const t = useTranslations('display.form');
  const { register } = useFormContext();
  const [visible, setVisible] = useState(false);
  const error = useFieldError(name);
  return (
    <PasswordInput
      {...rest}
      {...register(name)}
      id={fieldId(name)}
      autoComplete={autoComplete}
      withAsterisk={required}
      aria-required={required}
      error={error}
      // Mantine leaves this one out here.
      aria-invalid={error !== undefined}
      visible={visible}
      onVisibilityChange={setVisible}
      visibilityToggleButtonProps={{
        'aria-label': visible ? t('hidePassword') : t('showPassword'),
        tabIndex: 0,
        'aria-hidden': false,
      }}
    />
  );
}
