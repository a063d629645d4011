'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, type Ref, useId, useState } from 'react';
import type { FoundPartner } from '@/lib/partners/partner-node';
import { PlainField } from '../form/plain-field';
import classes from './partners.module.css';
import { useFound } from './use-found';

interface Props {
  label: string;
  help: ReactNode;
  picked: { readonly partnerId: string; readonly name: string } | null;
  onPick: (partner: FoundPartner) => void;
  error?: string | undefined;
  ref?: Ref<HTMLInputElement>;
}

/** One partner of the branch, found by a part of its name or key: however many there are, a few are listed. */
export function PartnerPicker({ label, help, picked, onPick, error, ref }: Props) {
  const t = useTranslations('partners.picker');
  const [text, setText] = useState('');
  const found = useFound(text);
  const group = useId();
  return (
    <div className={classes.picker}>
      <PlainField
        ref={ref}
        type="search"
        label={label}
        description={help}
        value={text}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        error={error}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          // Enter chooses nothing here, and must not send the form either.
          if (event.key === 'Enter') event.preventDefault();
        }}
      />
      {found !== null && (
        <>
          <p role="status" className={classes.hint}>
            {found.failed && t('failed')}
            {!found.failed && found.found.length === 0 && t('nothing', { query: found.query })}
            {found.more && t('more')}
          </p>
          {found.found.length > 0 && (
            <fieldset className={classes.picks}>
              <legend className="visually-hidden">{t('results')}</legend>
              {found.found.map((partner) => (
                <label key={partner.partnerId}>
                  <input
                    type="radio"
                    name={group}
                    checked={picked?.partnerId === partner.partnerId}
                    onChange={() => onPick(partner)}
                  />
                  <span>
                    <bdi className={classes.resultName}>{partner.name}</bdi>
                    <bdi className={classes.resultPath}>{[...partner.above, partner.key].join(' › ')}</bdi>
                  </span>
                </label>
              ))}
            </fieldset>
          )}
        </>
      )}
      {picked !== null && (
        <p>
          <bdi>{t('chosen', { name: picked.name })}</bdi>
        </p>
      )}
    </div>
  );
}
