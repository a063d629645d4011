'use client';

import { IconSelector } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { lazy, Suspense, useState } from 'react';
import { useWatch } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import { PlainField } from '@/components/form/plain-field';
import { useFieldError } from '@/components/form/use-field-error';
import classes from '../section.module.css';

const DataCenterPicker = lazy(async () => ({ default: (await import('./data-center-picker')).DataCenterPicker }));

/**
 * Where AvePoint keeps the customer's data: one of its list, or any id that is typed. What draws the list comes with the
 * first focus; until then a box of the same shape stands here.
 */
export function DataCenterField({ name }: { name: string }) {
  const t = useTranslations('avepoint.fields.dataCenter');
  const value: unknown = useWatch({ name });
  const error = useFieldError(name);
  const [entered, setEntered] = useState<{ readonly open: boolean } | null>(null);
  const [typed, setTyped] = useState('');
  const closed = (
    <PlainField
      id={fieldId(name)}
      label={t('label')}
      description={t('help')}
      required
      placeholder={t('placeholder')}
      error={error}
      role="combobox"
      aria-expanded={false}
      aria-haspopup="listbox"
      autoComplete="off"
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onPointerDown={() => setEntered((first) => first ?? { open: true })}
      onFocus={() => setEntered((first) => first ?? { open: false })}
      inside={<IconSelector size={16} aria-hidden className={classes.selectIcon} />}
    />
  );
  if (entered === null && (typeof value !== 'string' || value === '')) return closed;
  return (
    <Suspense fallback={closed}>
      <DataCenterPicker name={name} entered={entered === null ? null : { typed, open: entered.open }} />
    </Suspense>
  );
}
