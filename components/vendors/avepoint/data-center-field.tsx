'use client';

import { IconSelector } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { type ComponentType, useCallback, useEffect, useRef, useState } from 'react';
import { useWatch } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import { PlainField } from '@/components/form/plain-field';
import { useFieldError } from '@/components/form/use-field-error';
import classes from '../section.module.css';
import type { DataCenterPickerProps } from './data-center-picker';

interface Loaded {
  readonly Picker: ComponentType<DataCenterPickerProps>;
  readonly open: boolean;
  /** The person is still in the field. */
  readonly focused: boolean;
}

/**
 * Where AvePoint keeps the customer's data: one of its list, or any id that is typed. What draws the list comes with the
 * first focus; until it is there, this box stays where it is, so that no keystroke is lost.
 */
export function DataCenterField({ name }: { name: string }) {
  const t = useTranslations('avepoint.fields.dataCenter');
  const value: unknown = useWatch({ name });
  const error = useFieldError(name);
  const [typed, setTyped] = useState('');
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const asked = useRef(false);
  const load = useCallback(
    (open: boolean) => {
      if (asked.current) return;
      asked.current = true;
      import('./data-center-picker').then(
        ({ DataCenterPicker }) =>
          setLoaded({ Picker: DataCenterPicker, open, focused: document.activeElement?.id === fieldId(name) }),
        () => {
          asked.current = false;
        },
      );
    },
    [name],
  );
  const filled = typeof value === 'string' && value !== '';
  useEffect(() => {
    if (filled) load(false);
  }, [filled, load]);

  if (loaded !== null) {
    const { Picker, open, focused } = loaded;
    return <Picker name={name} entered={focused ? { typed, open } : null} />;
  }
  return (
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
      onPointerDown={() => load(true)}
      onFocus={() => load(false)}
      inside={<IconSelector size={16} aria-hidden className={classes.selectIcon} />}
    />
  );
}
