'use client';

import { useTranslations } from 'next-intl';
import { useFormContext } from 'react-hook-form';
import type { EditConnectionInput } from '@/lib/connections/connection-schema';
import { Button } from '../display/button';
import { Notice } from '../display/notice';
import classes from './connections.module.css';
import { useFieldWords } from './field-words';

const plainFields = [
  'name',
  'shared',
  'sandbox',
  'baseUrl',
  'tokenUrl',
  'profile',
  'requestsPerSecond',
  'timeoutMs',
] as const;

/** Somebody saved in between: their values beside the typed ones, and both ways on. */
export function StaleChoice({ theirs }: { theirs: EditConnectionInput }) {
  const t = useTranslations('connections');
  const words = useFieldWords();
  const form = useFormContext<EditConnectionInput>();
  const mine = form.getValues();
  const shown = (value: string | number | boolean | null | undefined) => {
    if (typeof value === 'boolean') return t(value ? 'stale.on' : 'stale.off');
    return value === null || value === undefined || value === '' ? t('stale.empty') : String(value);
  };
  const differing = [
    ...plainFields.map((field) => ({ field: t(`form.${field}`), theirs: theirs[field], mine: mine[field] })),
    ...Object.keys(theirs.settings).map((key) => ({
      field: words.setting(key),
      theirs: theirs.settings[key],
      mine: mine.settings[key],
    })),
  ].filter((line) => line.theirs !== line.mine);
  return (
    <Notice kind="warning" title={t('stale.title')}>
      <div className={classes.stale}>
        <p>{t(differing.length === 0 ? 'stale.same' : 'stale.text')}</p>
        {differing.length > 0 && (
          <ul>
            {differing.map((line) => (
              <li key={line.field}>
                {t('stale.line', { field: line.field, theirs: shown(line.theirs), mine: shown(line.mine) })}
              </li>
            ))}
          </ul>
        )}
        <div className={classes.buttons}>
          <Button size="sm" onClick={() => form.reset(theirs)}>
            {t('stale.take')}
          </Button>
          <Button size="sm" onClick={() => form.setValue('version', theirs.version)}>
            {t('stale.keep')}
          </Button>
        </div>
      </div>
    </Notice>
  );
}
