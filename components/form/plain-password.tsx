'use client';

import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { PlainField, type PlainFieldProps } from './plain-field';
import classes from './plain-field.module.css';

/** A password without a form library, with a button that shows it. */
export function PlainPassword(props: Omit<PlainFieldProps, 'type' | 'inside'>) {
  const t = useTranslations('display.form');
  const [visible, setVisible] = useState(false);
  return (
    <PlainField
      {...props}
      type={visible ? 'text' : 'password'}
      spellCheck={false}
      inside={
        <button
          type="button"
          className={classes.reveal}
          aria-label={visible ? t('hidePassword') : t('showPassword')}
          onClick={() => setVisible(!visible)}
        >
          {visible ? <IconEyeOff size={16} aria-hidden /> : <IconEye size={16} aria-hidden />}
        </button>
      }
    />
  );
}
