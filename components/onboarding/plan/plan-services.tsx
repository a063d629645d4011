'use client';

import { Skeleton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { Link } from '@/components/display/link';
import { VerdictBadge } from '@/components/display/verdict-badge';
import type { PlanRow, PlanServiceRow } from '@/lib/onboarding/plan-view';
import type { Submission } from '@/lib/onboarding/submission';
import { controlName } from '../form/lint-all';
import { useVendorName } from '../vendor-words';
import classes from './plan.module.css';
import { PlanFindings } from './plan-findings';

const ServiceRequest = dynamic(
  () => import('@/components/services/service-request').then((module) => module.ServiceRequest),
  { loading: () => <Skeleton height={280} /> },
);

interface Props {
  row: PlanRow;
  submission: Submission;
}

/** Below its customer, in order: each service that it gets, when, and what exactly will be sent. */
export function PlanServices({ row, submission }: Props) {
  const t = useTranslations('onboarding.plan');
  const typed = submission.vendors.find((one) => one.connectionId === row.connectionId)?.services ?? [];
  if (row.services.length === 0) return null;
  return (
    <ol className={classes.services} aria-label={t('services', { connection: row.connectionName })}>
      {row.services.map((service, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a plan is never changed in part.
        <li key={index}>
          <PlanService row={row} service={service} input={typed[index]?.input ?? {}} />
        </li>
      ))}
    </ol>
  );
}

interface ServiceProps {
  row: PlanRow;
  service: PlanServiceRow;
  input: Readonly<Record<string, unknown>>;
}

function PlanService({ row, service, input }: ServiceProps) {
  const t = useTranslations('onboarding.plan');
  const why = useTranslations('services.why');
  const vendor = useVendorName()(row.vendor);
  const { product, verdict, reason, request, openAttempt, findings } = service;
  const mayBeSaidElsewhere = reason === 'service-known' || reason === 'look-up-failed';
  return (
    <>
      <div className={classes.head}>
        <VerdictBadge verdict={verdict} />
        <h4>{product ?? t('serviceUnread')}</h4>
      </div>
      <p>
        {why(reason, { vendor, owner: row.ownerName })} {mayBeSaidElsewhere && t('servicesOfPage')}
      </p>
      {openAttempt !== null && (
        <p>
          <Link href={`/onboardings/${openAttempt.correlationId}?attempt=${openAttempt.attemptId}`}>
            {t('openAttempt')}
          </Link>
        </p>
      )}
      {reason === 'invalid' && (
        <PlanFindings
          vendor={row.vendor}
          findings={findings}
          controlOf={(field) => controlName(field, row.connectionId)}
        />
      )}
      {request !== null && <Payload row={row} service={{ product, request }} input={input} />}
    </>
  );
}

interface PayloadProps {
  row: PlanRow;
  service: { readonly product: string | null; readonly request: NonNullable<PlanServiceRow['request']> };
  input: ServiceProps['input'];
}

/** On demand. */
function Payload({ row, service: { product, request }, input }: PayloadProps) {
  const t = useTranslations('onboarding.plan');
  const id = useId();
  const [open, setOpen] = useState(false);
  const about = { vendor: row.vendor, connectionName: row.connectionName, product };
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
        {t(open ? 'hidePayloadOf' : 'showPayloadOf', { service: product ?? '' })}
      </button>
      {open && (
        <div id={id}>
          {request.path.includes('{customerId}') && <p className={classes.dimmed}>{t('idLater')}</p>}
          <ServiceRequest about={about} request={request} input={input} />
        </div>
      )}
    </div>
  );
}
