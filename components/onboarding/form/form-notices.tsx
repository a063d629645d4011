'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/display/button-link';
import { Link } from '@/components/display/link';
import { Notice } from '@/components/display/notice';
import { isTrouble } from '@/lib/connections/unusable';
import type { FormConnection, FormStart } from '@/lib/onboarding/form-start';
import type { FieldError } from '@/lib/vendors/vendor';
import { useFieldWords, useProblemWords, useVendorName } from '../vendor-words';
import { focusField } from './focus-field';
import classes from './form.module.css';
import { controlName } from './lint-all';

interface Props {
  start: FormStart;
  correlationId: string | null;
  submitted: boolean;
  timeZone: string;
}

/** What a person has to know before typing: it was submitted already, it was refused before, there are drafts. */
export function FormNotices({ start, correlationId, submitted, timeZone }: Props) {
  const t = useTranslations('onboarding.form');
  const untouched = start.correlationId === null && start.customer === null;
  return (
    <div className={classes.notices}>
      {submitted && (
        <Notice kind="warning" title={t('submittedTitle')}>
          <p>{t('submittedText')}</p>
          <p className={classes.noticeLinks}>
            <ButtonLink size="sm" href={`/onboardings/${correlationId}`}>
              {t('openRecord')}
            </ButtonLink>
            <ButtonLink size="sm" href="/customers/new">
              {t('openNew')}
            </ButtonLink>
          </p>
        </Notice>
      )}
      {!submitted && <Troubles connections={start.connections} />}
      {!submitted && <Refusals start={start} />}
      {!submitted && untouched && start.drafts.length > 0 && <Drafts drafts={start.drafts} timeZone={timeZone} />}
    </div>
  );
}

/** Connections that something has happened to: said before anybody types for them in vain. */
function Troubles({ connections }: { connections: FormStart['connections'] }) {
  const t = useTranslations('onboarding.form');
  return connections.map(({ connectionId, name, ownerName, unusable }) =>
    unusable !== null && isTrouble(unusable) ? (
      <Notice key={connectionId} kind="warning" title={t('unusableTitle', { connection: name })}>
        <p>{t(`unusable.${unusable}`, { owner: ownerName })}</p>
        <p>
          <Link href={`/connections/${connectionId}`}>{t('unusableOpen')}</Link>
        </p>
      </Notice>
    ) : null,
  );
}

/** What a vendor refused, when this form is to try it again. */
function Refusals({ start }: { start: FormStart }) {
  const t = useTranslations('onboarding.form');
  const inWords = useProblemWords();
  const vendorName = useVendorName();
  return start.vendors.map(({ connectionId, retryOf, problem }) => {
    const connection = start.connections.find((one) => one.connectionId === connectionId);
    if (retryOf === null || connection === undefined) return null;
    const vendor = vendorName(connection.vendor);
    return (
      <Notice key={connectionId} kind="error" title={t('refusedTitle', { vendor })}>
        {problem === null ? t('refusedUnknown') : <p>{inWords(problem)}</p>}
        {problem !== null && problem.vendorDescription !== null && (
          <p>{t('refusedWords', { vendor, words: problem.vendorDescription })}</p>
        )}
        {problem !== null && problem.fieldErrors.length > 0 && (
          <RefusedFields connection={connection} errors={problem.fieldErrors} />
        )}
        <p>
          <Link href={`/onboardings/${start.correlationId}?attempt=${retryOf}`}>{t('refusedRecord')}</Link>
        </p>
      </Notice>
    );
  });
}

/** Each complaint about a field, in the vendor's words; where we know the field, its name leads there. */
function RefusedFields({ connection, errors }: { connection: FormConnection; errors: readonly FieldError[] }) {
  const t = useTranslations('onboarding.form');
  const fieldWords = useFieldWords();
  return (
    <ul className={classes.list}>
      {errors.map(({ field, vendorField, messages }) => (
        <li key={`${vendorField} ${messages.join(' ')}`}>
          {field === null ? (
            <span className="mono">{vendorField ?? t('refusedOther')}</span>
          ) : (
            <button
              type="button"
              className={classes.link}
              onClick={() => focusField(controlName(field, connection.connectionId))}
            >
              {fieldWords(connection.vendor, field) ?? vendorField ?? field}
            </button>
          )}
          : {messages.join(' ')}
        </li>
      ))}
    </ul>
  );
}

function Drafts({ drafts, timeZone }: { drafts: FormStart['drafts']; timeZone: string }) {
  const t = useTranslations('onboarding.draft');
  const format = useFormatter();
  return (
    <details className={classes.drafts}>
      <summary>{t('others', { count: drafts.length })}</summary>
      <ul>
        {drafts.map((draft) => (
          <li key={draft.correlationId}>
            {/* A whole new document: another intent must not meet what this one holds in memory. */}
            <a href={`/customers/new?draft=${draft.correlationId}`}>{draft.name === '' ? t('unnamed') : draft.name}</a>
            <span>
              {t('savedOn', {
                when: format.dateTime(new Date(draft.savedAt), {
                  day: 'numeric',
                  month: 'short',
                  hour: '2-digit',
                  minute: '2-digit',
                  hourCycle: 'h23',
                  timeZone,
                }),
              })}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
