'use client';

import { IconSelector } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useWatch } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import type { FieldProps } from '@/components/form/field-props';
import { PlainField } from '@/components/form/plain-field';
import { useFieldError } from '@/components/form/use-field-error';
import type { LookupOption } from '@/lib/vendors/vendor';
import classes from './section.module.css';

export interface LookupFieldProps extends Omit<FieldProps, 'disabled'> {
  readonly connectionId: string;
  readonly timeZone: string;
  /** The vendor's list: `resellers`, `provider-instances`. */
  readonly lookup: string;
  /** Whose customer it is, where what may be chosen depends on its mapping. */
  readonly partnerId?: string;
  /** What an id looks like that may be pasted when the list cannot be read; a UUID where nothing is said. */
  readonly pastedId?: RegExp;
  /** Gets the whole choice, for what else it brings. */
  readonly onPick?: (option: LookupOption) => void;
}

const LookupPicker = lazy(async () => ({ default: (await import('./lookup-picker')).LookupPicker }));

/**
 * One of what the vendor has. Most people never enter it, so what draws and reads the list comes with the first focus;
 * until then a box of the same shape stands here.
 */
export function LookupField(props: LookupFieldProps) {
  const value: unknown = useWatch({ name: props.name });
  const [entered, setEntered] = useState<{ readonly open: boolean } | null>(null);
  const [typed, setTyped] = useState('');
  const closed = (
    <Closed {...props} typed={typed} onType={setTyped} onEnter={(open) => setEntered((first) => first ?? { open })} />
  );
  const filled = typeof value === 'string' && value !== '';
  if (entered === null && !filled) return closed;
  return (
    <Suspense fallback={closed}>
      <LookupPicker {...props} entered={entered === null ? null : { typed, open: entered.open }} />
    </Suspense>
  );
}

interface ClosedProps extends LookupFieldProps {
  readonly typed: string;
  readonly onType: (text: string) => void;
  readonly onEnter: (open: boolean) => void;
}

function Closed({ name, label, description, required = false, placeholder, typed, onType, onEnter }: ClosedProps) {
  return (
    <PlainField
      id={fieldId(name)}
      label={label}
      description={description}
      required={required}
      placeholder={placeholder}
      error={useFieldError(name)}
      role="combobox"
      aria-expanded={false}
      aria-haspopup="listbox"
      autoComplete="off"
      value={typed}
      onChange={(event) => onType(event.currentTarget.value)}
      onPointerDown={() => onEnter(true)}
      onFocus={() => onEnter(false)}
      inside={<IconSelector size={16} aria-hidden className={classes.selectIcon} />}
    />
  );
}
