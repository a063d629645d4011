'use client';

import { useTranslations } from 'next-intl';
import type { MouseEvent } from 'react';
import { Duration } from '@/components/display/duration';
import { durationWords } from '@/components/display/duration-words';
import { Section } from '@/components/display/section';
import type { AttemptView } from '@/lib/onboarding/record-view';
import { useVendorName } from '../vendor-words';
import { AttemptOutcome } from './attempt-outcome';
import classes from './timeline.module.css';
import { TimelineBars } from './timeline-bars';
import { type Timeline as Drawn, toPercent, toTimeline } from './timeline-scale';
import { TimelineTable } from './timeline-table';
import { triesOf } from './tries-of';

interface Props {
  attempts: readonly AttemptView[];
  chosen: string | null;
  onChoose: (attemptId: string) => void;
}

/** One row per attempt: who was asked, when each request ran, how it ended. Choosing a row shows the attempt below. */
export function Timeline({ attempts, chosen, onChoose }: Props) {
  const t = useTranslations('onboarding.record');
  const timeline = toTimeline(attempts);
  return (
    <Section title={t('timeline')}>
      <div className={classes.frame}>
        <Axis timeline={timeline} />
        <ul className={classes.rows}>
          {timeline.rows.map((row) => (
            <li key={row.attempt.attemptId} data-chosen={row.attempt.attemptId === chosen || undefined}>
              <div className={classes.who}>
                <AttemptLink attempt={row.attempt} attempts={attempts} chosen={chosen} onChoose={onChoose} />
              </div>
              <div className={classes.bars}>
                <TimelineBars row={row} timeline={timeline} />
              </div>
              <div className={classes.took}>
                <span className={classes.operation}>{t('took')} </span>
                <Duration ms={row.attempt.tookMs} />
                {row.attempt.vendorMs !== null && (
                  <span className={classes.atVendor}>
                    {t('atVendor')} <Duration ms={row.attempt.vendorMs} />
                  </span>
                )}
              </div>
              <div className={classes.outcome}>
                <AttemptOutcome attempt={row.attempt} />
                {row.attempt.attemptId !== chosen && <NextLink attempt={row.attempt} onChoose={onChoose} />}
              </div>
            </li>
          ))}
        </ul>
      </div>
      <TimelineTable timeline={timeline} />
    </Section>
  );
}

function Axis({ timeline }: { timeline: Drawn }) {
  const t = useTranslations('onboarding.record');
  return (
    <div className={classes.axis} aria-hidden>
      <div className={classes.axisLabel}>{t('sinceOpened')}</div>
      <div className={classes.scale}>
        {timeline.ticksMs.map((ms) => (
          <span key={ms} style={{ left: `${toPercent(ms, timeline.spanMs)}%` }}>
            {ms === 0 ? '0' : durationWords(ms)}
          </span>
        ))}
      </div>
    </div>
  );
}

/** What can be done about an attempt that is not the chosen one, as a link to where it is done. */
function NextLink({ attempt, onChoose }: { attempt: AttemptView; onChoose: (attemptId: string) => void }) {
  const t = useTranslations('onboarding.record');
  const vendor = useVendorName()(attempt.vendor);
  const { attemptId, nextStep } = attempt;
  if (nextStep === 'wait' || nextStep === 'nothing') return null;
  return (
    <a href={`?attempt=${attemptId}`} className={classes.next} onClick={(event) => choose(event, attemptId, onChoose)}>
      {t(`nextAt.${nextStep}`, { vendor })}
    </a>
  );
}

/** A plain click chooses on this page; any other does what it does with a link. */
function choose(event: MouseEvent, attemptId: string, onChoose: (attemptId: string) => void): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  onChoose(attemptId);
}

function AttemptLink({ attempt, attempts, chosen, onChoose }: Props & { attempt: AttemptView }) {
  const t = useTranslations('onboarding.record');
  const { attemptId } = attempt;
  const tries = triesOf(attempt, attempts);
  const byAge = [...tries].sort((a, b) => a.openedAt.localeCompare(b.openedAt));
  const number = byAge.findIndex((one) => one.attemptId === attemptId) + 1;
  return (
    <>
      <a
        href={`?attempt=${attemptId}`}
        className={classes.name}
        aria-current={attemptId === chosen ? 'true' : undefined}
        onClick={(event) => choose(event, attemptId, onChoose)}
      >
        {attempt.connectionName}
      </a>
      <span className={classes.operation}>
        {t(`operation.${attempt.operation}`)}
        {attempt.service !== null && ` · ${attempt.service}`}
        {tries.length > 1 && ` · ${t('try', { number })}`}
      </span>
    </>
  );
}
