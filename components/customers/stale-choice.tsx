'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/display/button';
import { Notice } from '@/components/display/notice';
import { BusyButton } from '@/components/form/busy-button';
import { changedFacts, type FactName } from '@/lib/customers/changed-facts';
import { mergeFacts } from '@/lib/customers/merge-facts';
import type { CustomerFacts } from '@/lib/vendors/vendor';
import classes from './customers.module.css';

interface Props {
  /** The facts as the form was opened with them. */
  base: CustomerFacts;
  mine: CustomerFacts;
  theirs: CustomerFacts;
  labels: Readonly<Record<FactName, string>>;
  /** Saves what this person changed over what is saved now. */
  onKeep: (merged: CustomerFacts) => Promise<void>;
  onDrop: () => void;
}

/** Somebody saved in between: both sides, and which to keep. Facts that only the other changed are kept either way. */
export function StaleChoice({ base, mine, theirs, labels, onKeep, onDrop }: Props) {
  const t = useTranslations('customers.edit');
  const box = useRef<HTMLDivElement>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => box.current?.focus(), []);
  const touched = changedFacts(base, mine);
  const shown = [...new Set([...touched, ...changedFacts(base, theirs)])];
  const merged = mergeFacts({ base, mine, theirs });
  const same = changedFacts(merged, theirs).length === 0;

  async function keep() {
    setBusy(true);
    await onKeep(merged);
    setBusy(false);
  }

  return (
    <>
      <Notice ref={box} kind="warning" title={t('staleTitle')}>
        {t(same ? 'staleSame' : 'staleText')}
      </Notice>
      <table className={classes.compare}>
        <caption className="visually-hidden">{t('compare')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('what')}</th>
            <th scope="col">{t('yours')}</th>
            <th scope="col">{t('theirs')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((name) => (
            <tr key={name}>
              <th scope="row">{labels[name]}</th>
              <td>{touched.includes(name) ? <Value text={mine[name]} /> : <em>{t('untouched')}</em>}</td>
              <td>
                <Value text={theirs[name]} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={classes.buttons}>
        <Button look={same ? 'primary' : 'default'} onClick={onDrop} disabled={busy}>
          {t('takeTheirs')}
        </Button>
        {!same && (
          <BusyButton look="primary" busy={busy} working={t('saving')} onClick={() => void keep()}>
            {t('keepYours')}
          </BusyButton>
        )}
      </div>
    </>
  );
}

function Value({ text }: { text: string }) {
  const t = useTranslations('customers.record');
  return text === '' ? <span className={classes.dimmed}>{t('empty')}</span> : <bdi>{text}</bdi>;
}
