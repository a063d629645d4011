'use client';

import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useController } from 'react-hook-form';
import { Moment } from '@/components/display/moment';
import { fieldId } from '@/components/form/field-id';
import { QueryProvider } from '@/components/theme/query-provider';
import type { LookupOption } from '@/lib/vendors/vendor-lookups';
import type { LookupFieldProps } from './lookup-field';
import classes from './section.module.css';
import type { Entered } from './use-late-picker';
import { useLookup } from './use-lookup';
import { useTypedSearch } from './use-typed-search';

interface Props extends LookupFieldProps {
  readonly entered: Entered | null;
}

/** The picker itself: reads the vendor's list, says how old it is, and takes a pasted id when the list cannot be read. */
export function LookupPicker(props: Props) {
  return (
    <QueryProvider>
      <Picker {...props} />
    </QueryProvider>
  );
}

function Picker({
  name,
  timeZone,
  label,
  connectionId,
  lookup,
  onPick,
  partnerId,
  pastedId = /^[0-9a-f-]{36}$/i,
  description,
  required = false,
  entered,
  ...rest
}: Props) {
  const t = useTranslations('onboarding.lookup');
  const { field, fieldState } = useController({ name });
  const value = typeof field.value === 'string' ? field.value : '';
  const [focused, setFocused] = useState(entered !== null);
  const { typed, search: typedSearch } = useTypedSearch(name, entered);
  const [picked, setPicked] = useState<LookupOption | null>(null);
  const known = picked?.value === value ? picked : null;
  const [search] = useDebouncedValue(known?.label === typed || typed === value ? '' : typed, 250);
  const { options, readAt, loading, failure, again } = useLookup(connectionId, lookup, {
    search,
    enabled: focused || (value !== '' && known === null),
    ...(partnerId === undefined ? {} : { partnerId }),
  });
  const data = toData(options, known, value);

  return (
    <div>
      <Select
        // Choosing what is chosen keeps it.
        allowDeselect={false}
        {...rest}
        ref={field.ref}
        name={field.name}
        id={fieldId(name)}
        label={label}
        description={description}
        data={data}
        value={value === '' ? null : value}
        onChange={(next) => {
          const option = options.find((one) => one.value === next) ?? null;
          setPicked(option);
          field.onChange(next ?? '');
          if (option !== null) onPick?.(option);
        }}
        {...typedSearch}
        onFocus={() => setFocused(true)}
        onBlur={() => {
          // What was pasted is an id, when it looks like one and the list does not have it.
          const text = typed.trim();
          if (pastedId.test(text) && !options.some((one) => one.label === text)) field.onChange(text);
          field.onBlur();
        }}
        filter={({ options: all }) => all}
        searchable
        openOnFocus={false}
        clearable={!required}
        clearButtonProps={{ 'aria-label': t('clear', { label }) }}
        withAsterisk={required}
        aria-required={required}
        nothingFoundMessage={loading ? t('reading') : failure === null ? t('nothing') : t('failed')}
        // The list itself scrolls: a scroll area around it could not be reached by keyboard.
        withScrollArea={false}
        classNames={{ options: classes.options }}
        renderOption={({ option }) => (
          <span className={classes.option}>
            <span>{option.label}</span>
            <span className={classes.hint}>{options.find((one) => one.value === option.value)?.detail}</span>
          </span>
        )}
        error={fieldState.error?.message}
      />
      {failure !== null && !loading ? (
        <p className={classes.below} role="status">
          {failure === '' ? t('failedLong') : failure}{' '}
          <button type="button" className={classes.link} onClick={again}>
            {t('again')}
          </button>
        </p>
      ) : (
        readAt !== null && (
          <p className={classes.below}>
            {t('readAt')} <Moment at={readAt} timeZone={timeZone} />
          </p>
        )
      )}
    </div>
  );
}

/** The list, and what is chosen already even when the list does not show it. */
function toData(options: readonly LookupOption[], known: LookupOption | null, value: string) {
  const list = options.map((option) => ({ value: option.value, label: option.label }));
  if (value === '' || list.some((option) => option.value === value)) return list;
  return [{ value, label: known?.label ?? value }, ...list];
}
