'use client';

import { IconDownload, IconPlus } from '@tabler/icons-react';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/display/button-link';
import { buttonStyle } from '@/components/display/button-style';
import { CopyButton } from '@/components/display/copy-button';
import { CopyableId } from '@/components/display/copyable-id';
import { Link } from '@/components/display/link';
import { Moment } from '@/components/display/moment';
import { PageHeader } from '@/components/display/page-header';
import type { AttemptView, OnboardingRecord } from '@/lib/onboarding/record-view';
import { AttemptDetail } from './attempt-detail';
import { LiveProblem } from './live-problem';
import classes from './record.module.css';
import type { RecordActions } from './record-actions';
import { RecordCounts } from './record-counts';
import { useSupportText } from './support-text';
import { Timeline } from './timeline';
import { useRecord } from './use-record';

interface Props {
  initial: OnboardingRecord;
  timeZone: string;
  /** May this person bring the customer aboard at another vendor? */
  mayOnboard: boolean;
  actions: RecordActions;
}

/** The page of one onboarding: live while it runs, the same page for ever after. */
export function RecordView({ initial, timeZone, mayOnboard, actions }: Props) {
  const t = useTranslations('onboarding.record');
  const { record, failure, refresh } = useRecord(initial);
  const asked = useSearchParams().get('attempt');
  const chosen = record.attempts.find((attempt) => attempt.attemptId === asked) ?? toStartWith(record.attempts);
  const supportText = useSupportText();

  const choose = (attemptId: string) => {
    // Not a navigation: the record is here already, only the address follows.
    window.history.replaceState(null, '', `?attempt=${attemptId}`);
  };

  return (
    <>
      <PageHeader
        title={record.name === '' ? t('erasedName') : record.name}
        breadcrumbs={[{ label: t('crumb'), href: '/onboardings' }, { label: record.partner.name }]}
        meta={
          <span className={classes.meta}>
            {t('onboarding')} <CopyableId id={record.correlationId} label={t('ids.correlationId')} />
          </span>
        }
        description={
          <p>
            {t('by', { actor: record.actorName, partner: record.actorPartner })} ·{' '}
            <Moment at={record.openedAt} timeZone={timeZone} />
            {record.customer !== null && (
              <>
                {' · '}
                <Link href={`/customers/${record.customer.customerId}`} className={classes.inText}>
                  {t('customerRecord')}
                </Link>
              </>
            )}
            {chosen?.operation === 'add-partner' && (
              <>
                {' · '}
                <Link href={partnersHref(chosen)} className={classes.inText}>
                  {t('partnersAt', { connection: chosen.connectionName })}
                </Link>
              </>
            )}
          </p>
        }
        action={
          <div className={classes.actions}>
            <a
              href={`/api/onboardings/${record.correlationId}/download`}
              download
              className={buttonStyle('default', 'md')}
            >
              <IconDownload size={16} aria-hidden />
              <span>{t('download')}</span>
            </a>
            {chosen !== undefined && (
              <CopyButton text={supportText(record, chosen)} label={t('supportText')}>
                {t('copySupportText')}
              </CopyButton>
            )}
            {mayOnboard && record.customer !== null && (
              <ButtonLink
                href={`/customers/new?customer=${record.customer.customerId}`}
                icon={<IconPlus size={16} aria-hidden />}
              >
                {t('addVendor')}
              </ButtonLink>
            )}
          </div>
        }
      />
      <RecordCounts record={record} />
      {failure !== null && <LiveProblem failure={failure} />}
      <Timeline attempts={record.attempts} chosen={chosen?.attemptId ?? null} onChoose={choose} />
      {chosen !== undefined && (
        <AttemptDetail
          key={chosen.attemptId}
          record={record}
          attempt={chosen}
          actions={actions}
          timeZone={timeZone}
          refresh={refresh}
          onChoose={choose}
        />
      )}
    </>
  );
}

/** The page of partners at the vendor: at the one that was added, else at the one that it was to go below. */
function partnersHref({ connectionId, vendorId, partner }: AttemptView): string {
  const at = vendorId ?? partner?.parent?.vendorId ?? null;
  return `/connections/${connectionId}/partners${at === null ? '' : `?at=${encodeURIComponent(at)}`}`;
}

/** What needs somebody comes first, then what stands: a try that was tried again is history. */
function toStartWith(attempts: readonly AttemptView[]): AttemptView | undefined {
  return (
    attempts.find(({ nextStep }) => nextStep !== 'wait' && nextStep !== 'nothing') ??
    attempts.find(({ retriedBy }) => retriedBy === null) ??
    attempts[0]
  );
}
