'use client';

import { IconChevronLeft } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '../display/button';
import classes from './filter-bar.module.css';
import { type FilterDefinition, type FilterOption, parametersOf } from './filter-definition';

interface Props {
  filter: FilterDefinition;
  parameters: URLSearchParams;
  onBack: () => void;
  onApply: (changes: Readonly<Record<string, readonly string[]>>) => void;
}

/** More options than this get a box that narrows them. */
const many = 8;

/** Chooses the values of one filter. A plain form: Enter applies. */
export function FilterEditor({ filter, parameters, onBack, onApply }: Props) {
  const t = useTranslations('display.filter');

  function apply(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const texts = (name: string) => data.getAll(name).filter((value) => typeof value === 'string');
    onApply(Object.fromEntries(parametersOf(filter).map((name) => [name, texts(name).map((text) => text.trim())])));
  }

  return (
    <form onSubmit={apply} className={classes.editor}>
      <button type="button" className={classes.back} onClick={onBack}>
        <IconChevronLeft size={16} aria-hidden />
        {t('back')}
      </button>
      <fieldset>
        <legend>{filter.label}</legend>
        {filter.kind === 'options' && (
          <Options
            name={filter.key}
            label={filter.label}
            options={filter.options}
            single={filter.single ?? false}
            chosen={parameters.getAll(filter.key)}
          />
        )}
        {filter.kind === 'text' && (
          <input
            name={filter.key}
            defaultValue={parameters.get(filter.key) ?? ''}
            aria-label={t('textValue', { label: filter.label })}
            placeholder={filter.placeholder}
            maxLength={200}
            autoComplete="off"
            // biome-ignore lint/a11y/noAutofocus: follows the choice of this filter.
            autoFocus
          />
        )}
        {filter.kind === 'range' &&
          parametersOf(filter).map((name, index) => (
            <label key={name} className={classes.day}>
              <span>{index === 0 ? t('from') : t('until')}</span>
              {/* biome-ignore lint/a11y/noAutofocus: follows the choice of this filter. */}
              <input type="date" name={name} defaultValue={parameters.get(name) ?? ''} autoFocus={index === 0} />
            </label>
          ))}
      </fieldset>
      <Button type="submit" look="primary" size="sm">
        {t('apply')}
      </Button>
    </form>
  );
}

interface OptionsProps {
  name: string;
  label: string;
  options: readonly FilterOption[];
  single: boolean;
  chosen: readonly string[];
}

function Options({ name, label, options, single, chosen }: OptionsProps) {
  const t = useTranslations('display.filter');
  const [narrow, setNarrow] = useState('');
  const matches = ({ label: text }: FilterOption) => text.toLowerCase().includes(narrow.trim().toLowerCase());
  return (
    <>
      {options.length > many && (
        <input
          type="search"
          value={narrow}
          onChange={(event) => setNarrow(event.currentTarget.value)}
          aria-label={t('findOption', { label })}
          placeholder={t('findOption', { label })}
          // biome-ignore lint/a11y/noAutofocus: follows the choice of this filter.
          autoFocus
        />
      )}
      <div className={classes.options}>
        {options.map((option, index) => (
          // Hidden rather than removed: what was ticked before narrowing stays ticked.
          <label key={option.value} hidden={!matches(option)}>
            <input
              type={single ? 'radio' : 'checkbox'}
              name={name}
              value={option.value}
              defaultChecked={chosen.includes(option.value)}
              // biome-ignore lint/a11y/noAutofocus: follows the choice of this filter.
              autoFocus={index === 0 && options.length <= many}
            />
            <span>{option.label}</span>
          </label>
        ))}
        {!options.some(matches) && <p>{t('noOption')}</p>}
      </div>
    </>
  );
}
