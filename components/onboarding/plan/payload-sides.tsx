'use client';

import { useTranslations } from 'next-intl';
import { JsonView } from '@/components/display/json-view';
import { KeyValueList } from '@/components/display/key-value-list';
import type { PlanRow } from '@/lib/onboarding/plan-view';
import type { Submission } from '@/lib/onboarding/submission';
import { catalogEntry } from '@/lib/vendors/catalog';
import { useFieldWords } from '../vendor-words';
import classes from './plan.module.css';
import { toTyped } from './typed-values';

interface Props {
  row: PlanRow;
  request: NonNullable<PlanRow['request']>;
  submission: Submission;
}

/** Left what a person typed, right what the vendor will get; secrets are masked. */
export function PayloadSides({ row, request, submission }: Props) {
  const t = useTranslations('onboarding.plan');
  const fieldWords = useFieldWords();
  const own = submission.vendors.find((vendor) => vendor.connectionId === row.connectionId);
  const typed = [
    ...toTyped(submission.facts, {}).map(({ path, value }) => ({ path: `customer.${path}`, value })),
    ...toTyped(own?.input ?? {}, catalogEntry(row.vendor)?.emptyInput ?? {}),
  ];
  return (
    <div className={classes.sides}>
      <section aria-label={`${row.connectionName}: ${t('typed')}`}>
        <h4>{t('typed')}</h4>
        <KeyValueList
          items={typed.map(({ path, value }) => ({
            label: `${fieldWords(row.vendor, path) ?? path}${rowOf(path)}`,
            value,
          }))}
        />
      </section>
      <section aria-label={`${row.connectionName}: ${t('sent')}`}>
        <h4>{t('sent')}</h4>
        <p className={`mono ${classes.request}`}>
          {request.method} {request.path}
        </p>
        {request.body !== null && (
          <JsonView value={request.body} label={t('body', { connection: row.connectionName })} maxHeight={520} />
        )}
        {Object.keys(request.headers).length > 0 && (
          <JsonView value={request.headers} label={t('headers', { connection: row.connectionName })} open={false} />
        )}
      </section>
    </div>
  );
}

/** Rows of a list are told apart by their number. */
function rowOf(path: string): string {
  const numbers = [...path.matchAll(/\.(\d+)(?=\.|$)/g)].map((match) => Number(match[1]) + 1);
  return numbers.length === 0 ? '' : ` (${numbers.join('.')})`;
}
