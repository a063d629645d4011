'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Moment } from '@/components/display/moment';
import { PlainField } from '@/components/form/plain-field';
import plain from '@/components/form/plain-field.module.css';
import section from '../section.module.css';
import { useLookup } from '../use-lookup';
import classes from './realms.module.css';

/** A realm or sub-realm as a line of the list. */
export interface RealmRow {
  readonly id: string;
  readonly name: string;
  /** The number in words, where the name does not say it. */
  readonly number: string | null;
  readonly detail: string | null;
}

interface Props {
  readonly connectionId: string;
  readonly timeZone: string;
  readonly lookup: 'realms' | 'sub-realms';
  readonly id: string;
  readonly label: string;
  readonly help: string;
  /** Ids that must stay visible even where the list does not have them. */
  readonly chosen: readonly string[];
  readonly errors: readonly (string | undefined)[];
  readonly list: (rows: readonly RealmRow[]) => ReactNode;
  /** The same by hand. */
  readonly typed: ReactNode;
}

/** From this many lines on the list can be narrowed. */
const longList = 12;

/**
 * A choice out of the vendor's list, or by hand: nobody outside has seen these endpoints, so an account may have no list,
 * and the form must do without it.
 */
export function RealmFrame({ connectionId, timeZone, lookup, id, label, help, chosen, errors, list, typed }: Props) {
  const t = useTranslations('cloudlx.realms');
  const [byHand, setByHand] = useState(false);
  const [wanted, setWanted] = useState('');
  const { options, readAt, loading, failure, again } = useLookup(connectionId, lookup, { search: '', enabled: true });
  const offered = options.length > 0;
  // While the list is being read nobody types into a box that would vanish.
  const asList = !byHand && (offered || loading);
  const listed: readonly RealmRow[] = options.map(({ value, label: name, detail }) => ({
    id: value,
    name,
    number: name === value ? null : t('number', { id: value }),
    detail,
  }));
  const others = [...new Set(chosen)].filter((one) => !options.some(({ value }) => value === one));
  const rows = [
    ...listed,
    ...others.map((one) => ({ id: one, name: t('number', { id: one }), number: null, detail: t('notListed') })),
  ];
  const text = wanted.trim().toLowerCase();
  const narrowed = rows.filter((row) => `${row.name} ${row.id} ${row.detail ?? ''}`.toLowerCase().includes(text));
  const said = asList ? errors.filter((one) => one !== undefined) : [];
  const described = [`${id}-help`, ...(said.length > 0 ? [`${id}-error`] : [])].join(' ');
  return (
    <fieldset
      className={section.group}
      // By hand, the boxes carry the fields' own ids.
      {...(asList ? { id } : {})}
      aria-describedby={described}
    >
      <legend>{label}</legend>
      <p id={`${id}-help`} className={section.hint}>
        {help}
      </p>
      {asList && offered && rows.length > longList && (
        <PlainField
          type="search"
          label={t('filter')}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      {asList && offered && (narrowed.length > 0 ? list(narrowed) : <p className={section.hint}>{t('nothing')}</p>)}
      {!asList && typed}
      {said.length > 0 && (
        <p id={`${id}-error`} className={plain.error}>
          {said.join(' ')}
        </p>
      )}
      <div className={classes.foot}>
        <span role="status">
          {asList && !offered && t('reading')}
          {!asList && !offered && (failure === null ? t('empty') : failure === '' ? t('failed') : failure)}
        </span>
        {asList && offered && readAt !== null && (
          <span>
            {t('readAt')} <Moment at={readAt} timeZone={timeZone} />
          </span>
        )}
        {!asList && !offered && failure !== null && (
          <button type="button" className={section.link} onClick={again}>
            {t('again')}
            <span className="visually-hidden"> {label}</span>
          </button>
        )}
        {(offered || loading) && (
          <button type="button" className={section.link} onClick={() => setByHand(!byHand)}>
            {byHand ? t('listInstead') : t('typeInstead')}
            <span className="visually-hidden"> {label}</span>
          </button>
        )}
      </div>
    </fieldset>
  );
}
