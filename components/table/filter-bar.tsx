'use client';

import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { announce } from '../display/announce';
import { AddFilter } from './add-filter';
import classes from './filter-bar.module.css';
import { FilterChip } from './filter-chip';
import { type FilterDefinition, parametersOf } from './filter-definition';
import { SearchBox } from './search-box';
import { useListUrl } from './use-list-url';

interface Props {
  /** The text box: `key` is its URL parameter, `q` when left out. */
  search?: { readonly key?: string; readonly label: string; readonly placeholder?: string };
  filters?: readonly FilterDefinition[];
}

interface Chip {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly without: Readonly<Record<string, readonly string[]>>;
}

/**
 * Search box, the filters that are on, and "Add filter". Its whole state is the URL: a link shows a colleague the same,
 * the back button works, and each change goes back to the first page (`after` and `before` are dropped).
 */
export function FilterBar({ search, filters = [] }: Props) {
  const t = useTranslations('display.filter');
  const { parameters, updating, change } = useListUrl();
  const searchKey = search?.key ?? 'q';

  useEffect(() => {
    if (updating) announce(t('updating'));
  }, [updating, t]);

  const chips = filters.flatMap((filter): Chip[] => {
    if (filter.kind === 'range') {
      const [from, until] = parametersOf(filter).map((name) => parameters.get(name));
      const label = filter.label;
      const without = Object.fromEntries(parametersOf(filter).map((name) => [name, []]));
      if (from && until) return [{ id: filter.key, label, value: t('range', { from, until }), without }];
      if (from) return [{ id: filter.key, label, value: t('rangeFrom', { from }), without }];
      if (until) return [{ id: filter.key, label, value: t('rangeUntil', { until }), without }];
      return [];
    }
    const values = parameters.getAll(filter.key);
    const nameOf = (value: string) =>
      filter.kind === 'options' ? (filter.options.find((option) => option.value === value)?.label ?? value) : value;
    return values.map((value) => ({
      id: `${filter.key} ${value}`,
      label: filter.label,
      value: nameOf(value),
      without: { [filter.key]: values.filter((other) => other !== value) },
    }));
  });

  const clearAll = () =>
    change(Object.fromEntries([searchKey, ...filters.flatMap(parametersOf)].map((name) => [name, []])));

  return (
    <search aria-label={t('label')} className={classes.bar} data-updating={updating}>
      {search !== undefined && (
        <SearchBox
          value={parameters.get(searchKey) ?? ''}
          updating={updating}
          label={search.label}
          placeholder={search.placeholder}
          onSearch={(value, again) => change({ [searchKey]: [value] }, again)}
        />
      )}
      {filters.length > 0 && <AddFilter filters={filters} parameters={parameters} onChange={change} />}
      {chips.length > 0 && (
        <>
          <ul className={classes.chips}>
            {chips.map(({ id, label, value, without }) => (
              <FilterChip key={id} label={label} value={value} onRemove={() => change(without)} />
            ))}
          </ul>
          <button type="button" className={classes.clear} onClick={clearAll}>
            {t('clear')}
          </button>
        </>
      )}
    </search>
  );
}
