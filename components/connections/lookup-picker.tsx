'use client';

import { Loader, NativeSelect, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../display/button';
import { Moment } from '../display/moment';
import { Notice } from '../display/notice';
import classes from './connections.module.css';
import { fetchLookup, LookupFailed } from './fetch-lookup';
import { useLookupWords } from './lookup-words';

export interface Picked {
  readonly value: string;
  readonly label: string;
}

interface Props {
  connectionId: string;
  vendor: string;
  lookup: string;
  timeZone: string;
  /** The id that is mapped now: taken, but by this very mapping. */
  own: string | null;
  picked: Picked | null;
  onPick: (picked: Picked | null) => void;
  error: string | undefined;
}

/** Picks one of what the vendor lists, read from it while one types. What is mapped already stays visible, with the reason. */
export function LookupPicker({ connectionId, vendor, lookup, timeZone, own, picked, onPick, error }: Props) {
  const t = useTranslations('connections.mappings.dialog');
  const failureWords = useLookupWords();
  const [typed, setTyped] = useState(picked?.label ?? '');
  const [search] = useDebouncedValue(typed === picked?.label ? '' : typed.trim(), 250);
  // Where the vendor has a tree: the way down to the level that is shown, and what can be opened from there.
  const [path, setPath] = useState<readonly Picked[]>([]);
  const parent = path.at(-1)?.value ?? null;
  const query = useQuery({
    queryKey: ['lookup', connectionId, lookup, search, parent],
    queryFn: ({ signal }) => fetchLookup({ connectionId, lookup, search, parent, signal }),
    retry: false,
  });
  const found = query.data?.options ?? [];
  const options = found.map(({ value, label, detail, mappedTo }) => {
    const name = detail === null ? label : `${label} · ${detail}`;
    const taken = mappedTo !== null && value !== own;
    return { value, label: taken ? t('takenBy', { name, partner: mappedTo }) : name, disabled: taken };
  });
  // What is chosen stays in the list while another search is read, or the box would lose it.
  const missing = picked !== null && !options.some(({ value }) => value === picked.value);
  const data = missing ? [{ value: picked.value, label: picked.label, disabled: false }, ...options] : options;
  const openable = found.filter(({ hasChildren }) => hasChildren);
  const readAt = query.data?.readAt;

  const open = (value: string) => {
    const at = path.findIndex((one) => one.value === value);
    const next = openable.find((one) => one.value === value);
    if (value === '') setPath([]);
    else if (at >= 0) setPath(path.slice(0, at + 1));
    else if (next !== undefined) setPath([...path, { value, label: next.label }]);
    setTyped(picked?.label ?? '');
  };

  return (
    <>
      {(path.length > 0 || openable.length > 0) && (
        <NativeSelect
          label={t('below')}
          description={t('belowHelp', { vendor })}
          value={parent ?? ''}
          onChange={(event) => open(event.currentTarget.value)}
          data={[
            { value: '', label: t('top') },
            ...path.map(({ value, label }) => ({ value, label })),
            ...openable
              .filter(({ value }) => !path.some((one) => one.value === value))
              .map(({ value, label }) => ({ value, label: t('open', { name: label }) })),
          ]}
        />
      )}
      <Select
        // Choosing what is chosen keeps it.
        allowDeselect={false}
        label={t('external', { vendor })}
        description={t('externalHelp', { vendor })}
        placeholder={t('search')}
        data={data}
        value={picked?.value ?? null}
        onChange={(value) => {
          const option = found.find((one) => one.value === value);
          onPick(value === null ? null : { value, label: option?.label ?? value });
        }}
        searchable
        searchValue={typed}
        onSearchChange={setTyped}
        // The vendor has filtered already, by its own rules.
        filter={({ options: all }) => all}
        rightSection={query.isFetching ? <Loader size={16} role="img" aria-label={t('loading', { vendor })} /> : null}
        nothingFoundMessage={query.isFetching ? t('loading', { vendor }) : t('nothing', { vendor })}
        comboboxProps={{ withinPortal: false }}
        withScrollArea={false}
        styles={{ options: { maxHeight: 200, overflowY: 'auto' } }}
        withAsterisk
        aria-required
        error={error}
        inputWrapperOrder={['label', 'description', 'input', 'error']}
      />
      {readAt !== undefined && !query.isError && (
        <small className={classes.quiet}>
          {t.rich('readAt', { at: () => <Moment at={readAt} timeZone={timeZone} /> })}
        </small>
      )}
      {query.isError && (
        <Notice kind="error" title={t('failed', { vendor })}>
          <p>{query.error instanceof LookupFailed ? failureWords(query.error) : ''}</p>
          <div className={classes.again}>
            <Button size="sm" onClick={() => void query.refetch()}>
              {t('again')}
            </Button>
          </div>
        </Notice>
      )}
    </>
  );
}
