'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Moment } from '@/components/display/moment';
import type { AttemptView } from '@/lib/onboarding/record-view';
import classes from './record.module.css';

interface Props {
  attempt: AttemptView;
  timeZone: string;
  onChoose: (attemptId: string) => void;
}

interface Entry {
  readonly key: string;
  readonly at: string;
  readonly words: ReactNode;
}

/** What happened to the attempt, in order, with who and when. */
export function AttemptHistory({ attempt, timeZone, onChoose }: Props) {
  const t = useTranslations('onboarding.record.history');
  const { settlement } = attempt;
  const by = { actor: attempt.actorName, role: attempt.actorRole, partner: attempt.actorPartner };
  const entries: readonly (Entry | null)[] = [
    { key: 'opened', at: attempt.openedAt, words: t('opened', by) },
    attempt.releasedAt === null ? null : { key: 'released', at: attempt.releasedAt, words: t('released') },
    attempt.sentAt === null ? null : { key: 'sent', at: attempt.sentAt, words: t('sent') },
    attempt.closedAt === null ? null : { key: 'closed', at: attempt.closedAt, words: t(closedBy(attempt)) },
    settlement === null
      ? null
      : { key: 'settled', at: settlement.at, words: t(`settled.${settlement.how}`, { by: settlement.by }) },
  ];
  const shown = entries.filter((entry) => entry !== null).sort((a, b) => a.at.localeCompare(b.at));
  return (
    <>
      <ol className={classes.history}>
        {shown.map((entry) => (
          <li key={entry.key}>
            <span>{entry.words}</span>
            <Moment at={entry.at} timeZone={timeZone} style="exact" />
            {entry.key === 'settled' && settlement !== null && settlement.note !== null && (
              <blockquote className={classes.quote}>{settlement.note}</blockquote>
            )}
          </li>
        ))}
        {attempt.closedAt === null &&
          settlement === null &&
          attempt.state !== 'waiting' &&
          attempt.state !== 'pending' &&
          attempt.state !== 'sent' && (
            <li>
              <span>{t(`passed.${attempt.state}`)}</span>
              <Moment at={attempt.deadline} timeZone={timeZone} style="exact" />
            </li>
          )}
      </ol>
      <Related
        label={t(attempt.state === 'waiting' ? 'waitsFor' : 'waitedFor')}
        attemptId={attempt.waitsFor?.attemptId ?? null}
        onChoose={onChoose}
      />
      <Related label={t('retryOf')} attemptId={attempt.retryOf} onChoose={onChoose} />
      <Related label={t('retriedBy')} attemptId={attempt.retriedBy} onChoose={onChoose} />
    </>
  );
}

/** Did the vendor answer at all? What it said is in the sentence above. */
function closedBy({ problem, reason }: AttemptView): 'answered' | 'unanswered' | 'neverSent' {
  if (reason === 'never-sent' || reason === 'customer-refused') return 'neverSent';
  return problem === null || problem.status !== null ? 'answered' : 'unanswered';
}

function Related({
  label,
  attemptId,
  onChoose,
}: {
  label: string;
  attemptId: string | null;
  onChoose: Props['onChoose'];
}) {
  if (attemptId === null) return null;
  return (
    <p>
      <a
        href={`?attempt=${attemptId}`}
        onClick={(event) => {
          event.preventDefault();
          onChoose(attemptId);
        }}
      >
        {label}
      </a>
    </p>
  );
}
