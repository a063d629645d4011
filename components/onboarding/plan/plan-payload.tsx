'use client';

import { Skeleton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { PlanRow } from '@/lib/onboarding/plan-view';
import type { Submission } from '@/lib/onboarding/submission';
import classes from './plan.module.css';

const PayloadSides = dynamic(() => import('./payload-sides').then((module) => module.PayloadSides), {
  loading: () => <Skeleton height={280} />,
});

interface Props {
  row: PlanRow;
  request: NonNullable<PlanRow['request']>;
  submission: Submission;
}

/** Shows on demand what was typed and, beside it, exactly what will be sent. */
export function PlanPayload({ row, request, submission }: Props) {
  const t = useTranslations('onboarding.plan');
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <div>
      <button
        type="button"
        className={classes.disclose}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <IconChevronRight size={16} aria-hidden />
        {t(open ? 'hidePayload' : 'showPayload')}
      </button>
      {open && (
        <div id={id}>
          <PayloadSides row={row} request={request} submission={submission} />
        </div>
      )}
    </div>
  );
}
