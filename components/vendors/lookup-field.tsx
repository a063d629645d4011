'use client';

import { useWatch } from 'react-hook-form';
import type { FieldProps } from '@/components/form/field-props';
import type { LookupOption } from '@/lib/vendors/vendor-lookups';
import { ClosedPicker } from './closed-picker';
import { useLatePicker } from './use-late-picker';

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

const load = () => import('./lookup-picker').then(({ LookupPicker }) => LookupPicker);

/** One of what the vendor has. Most people never enter it: until then a box of the same shape stands here. */
export function LookupField(props: LookupFieldProps) {
  const { name, label, description, required = false, placeholder } = props;
  const value: unknown = useWatch({ name });
  const { loaded, box } = useLatePicker(name, { load, filled: typeof value === 'string' && value !== '' });
  if (loaded !== null) return <loaded.Picker {...props} entered={loaded.entered} />;
  return (
    <ClosedPicker
      name={name}
      label={label}
      description={description}
      required={required}
      placeholder={placeholder}
      box={box}
    />
  );
}
