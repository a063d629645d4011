'use client';

import { useTranslations } from 'next-intl';
import { lazy, Suspense, useRef, useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { Button } from '@/components/display/button';
import { CopyableId } from '@/components/display/copyable-id';
import { fieldId } from '@/components/form/field-id';
import plain from '@/components/form/plain-field.module.css';
import { useFieldError } from '@/components/form/use-field-error';
import type { FormConnection } from '@/lib/onboarding/form-start';
import { partnerLevels } from '@/lib/vendors/cove/vocabulary';
import classes from '../section.module.css';
import { SectionSkeleton } from '../section-skeleton';
import type { Parent } from './parent-tree';
import type { SectionValues } from './section-values';

interface Props {
  connection: FormConnection;
  partnerId: string;
  timeZone: string;
}

// Most customers go where the mapping says: what draws and reads the tree comes when somebody wants another place.
const ParentTree = lazy(async () => ({ default: (await import('./parent-tree')).ParentTree }));

/** Where in Cove's tree the customer goes: below the mapping, or below what is picked from the tree under it. */
export function ParentField({ connection, partnerId, timeZone }: Props) {
  const at = connection.connectionId;
  const t = useTranslations('cove');
  const { setValue } = useFormContext<SectionValues>();
  const input = useWatch<SectionValues>()[at];
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const error = useFieldError(`${at}.parentId`);
  const { mappingId, mappingName, own } = connection;
  const ownName = own === null ? t('derived.own') : t('derived.ownNamed', { name: own.name });
  const root = mappingId === null ? ownName : (mappingName ?? mappingId);
  const rootId = mappingId ?? own?.id ?? null;
  const picked = input?.parentId ?? '';
  const level = partnerLevels.find((one) => one === input?.parentLevel);
  const id = fieldId(`${at}.parentId`);

  const choose = ({ parentId, name, level: itsLevel }: Parent) => {
    const how = { shouldDirty: true, shouldTouch: true } as const;
    setValue(`${at}.parentName`, name, how);
    setValue(`${at}.parentLevel`, itsLevel, how);
    setValue(`${at}.parentId`, parentId, { ...how, shouldValidate: true });
  };
  const close = () => {
    setOpen(false);
    requestAnimationFrame(() => opener.current?.focus());
  };

  return (
    <div className={classes.fixed}>
      <span className={classes.label} id={`${id}-label`}>
        {t('fields.parentId.label')}
      </span>
      <span className={classes.hint}>{t('fields.parentId.help')}</span>
      <span className={classes.value} role="status">
        {picked === '' ? root : input?.parentName || picked}
        {picked !== '' && level !== undefined && ` · ${t(`level.${level}`)}`}{' '}
        {picked !== '' && <CopyableId id={picked} label={t('fields.parentId.label')} />}
        {picked === '' && rootId !== null && <CopyableId id={rootId} label={t('fields.parentId.label')} />}
      </span>
      {error !== undefined && (
        <p id={`${id}-error`} className={plain.error}>
          {error}
        </p>
      )}
      <span>
        <Button
          ref={opener}
          size="sm"
          id={id}
          aria-expanded={open}
          aria-describedby={error === undefined ? `${id}-label` : `${id}-label ${id}-error`}
          onClick={() => setOpen(!open)}
        >
          {open ? t('tree.close') : t('tree.choose')}
        </Button>{' '}
        {picked !== '' && (
          <Button size="sm" look="subtle" onClick={() => choose({ parentId: '', name: '', level: '' })}>
            {t('tree.reset', { name: root })}
          </Button>
        )}
      </span>
      {open && (
        <Suspense fallback={<SectionSkeleton />}>
          <ParentTree
            connectionId={at}
            partnerId={partnerId}
            timeZone={timeZone}
            root={root}
            picked={picked}
            level={input?.level ?? 'EndCustomer'}
            onPick={(parent) => {
              choose(parent);
              close();
            }}
            onType={(parentId) => choose({ parentId, name: '', level: '' })}
          />
        </Suspense>
      )}
    </div>
  );
}
