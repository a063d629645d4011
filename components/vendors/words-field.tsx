'use client';

import { useTranslations } from 'next-intl';
import { useController } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import { PlainField } from '@/components/form/plain-field';

interface Props {
  readonly name: string;
  readonly label: string;
  readonly description: string;
}

/** A list of words in one line, parted by commas. */
export function WordsField({ name, label, description }: Props) {
  const t = useTranslations('onboarding.derived');
  const { field, fieldState } = useController({ name });
  const value: unknown = field.value;
  return (
    <PlainField
      id={fieldId(name)}
      label={label}
      description={`${description} ${t('commas')}`}
      defaultValue={Array.isArray(value) ? value.join(', ') : ''}
      error={fieldState.error?.message}
      onBlur={field.onBlur}
      onChange={(event) => {
        const words = event.currentTarget.value.split(',').map((one) => one.trim());
        field.onChange(words.filter((one) => one !== ''));
      }}
      autoComplete="off"
    />
  );
}
