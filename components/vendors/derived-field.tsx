'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useRef, useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import classes from './section.module.css';

interface Props {
  readonly name: string;
  readonly label: string;
  /** What the shared facts give. */
  readonly derived: string;
  /** The control that overrides it. */
  readonly children: ReactNode;
}

/** A value that comes from the customer's shared facts unless something else is typed for this vendor. */
export function DerivedField({ name, label, derived, children }: Props) {
  const t = useTranslations('onboarding.derived');
  const { setValue } = useFormContext();
  const typed: unknown = useWatch({ name });
  const [open, setOpen] = useState(typeof typed === 'string' && typed !== '');
  const change = useRef<HTMLButtonElement>(null);

  if (open) {
    return (
      <div className={classes.derived} data-open>
        <div className={classes.grow}>{children}</div>
        <button
          type="button"
          className={classes.link}
          onClick={() => {
            setValue(name, '', { shouldDirty: true, shouldTouch: true, shouldValidate: true });
            setOpen(false);
            requestAnimationFrame(() => change.current?.focus());
          }}
        >
          {t('reset')}
          <span className="visually-hidden"> {label}</span>
        </button>
      </div>
    );
  }
  return (
    <div className={classes.derived}>
      <div className={classes.grow}>
        <span className={classes.label}>{label}</span>
        <span className={derived === '' ? classes.hint : classes.value}>
          {derived === '' ? t('nothingTyped') : derived}
        </span>
      </div>
      <button
        ref={change}
        type="button"
        className={classes.link}
        onClick={() => {
          setOpen(true);
          requestAnimationFrame(() => document.getElementById(fieldId(name))?.focus());
        }}
      >
        {t('change')}
        <span className="visually-hidden"> {label}</span>
      </button>
    </div>
  );
}
