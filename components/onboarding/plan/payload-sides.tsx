'use client';

import { useTranslations } from 'next-intl';
import { JsonView } from '@/components/display/json-view';
import type { PlanRow } from '@/lib/onboarding/plan-view';
import type { Submission } from '@/lib/onboarding/submission';
import { catalogEntry } from '@/lib/vendors/catalog';
import { useFieldWords } from '../vendor-words';
import { namingFields, useChoiceWords } from './choice-words';
import classes from './plan.module.css';
import { TypedList } from './typed-list';
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
  const choiceWords = useChoiceWords();
  const own = submission.vendors.find((vendor) => vendor.connectionId === row.connectionId);
  const input = own?.input ?? {};
  const typed = [
    ...toTyped(submission.facts, {}).map(({ path, values }) => ({ path: `customer.${path}`, values })),
    ...toTyped(input, catalogEntry(row.vendor)?.emptyInput ?? {}).filter(({ path }) => !namingFields.includes(path)),
  ];
  return (
    <div className={classes.sides}>
      <section aria-label={`${row.connectionName}: ${t('typed')}`}>
        <h4>{t('typed')}</h4>
        <TypedList
          typed={typed}
          labelOf={(path) => fieldWords(row.vendor, path) ?? path}
          nameOf={(path, value) =>
            choiceWords({ vendor: row.vendor, connectionId: row.connectionId, input }, path, value)
          }
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
