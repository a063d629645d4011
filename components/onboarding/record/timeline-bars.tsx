'use client';

import { useTranslations } from 'next-intl';
import { durationWords } from '@/components/display/duration-words';
import { Tip } from '@/components/display/tip';
import { useStatusWords } from './status-words';
import classes from './timeline.module.css';
import { type Timeline, type TimelineBar, type TimelineRow, toPercent } from './timeline-scale';

/** The requests of one attempt, one line each, on the axis that all rows share. */
export function TimelineBars({ row, timeline }: { row: TimelineRow; timeline: Timeline }) {
  const t = useTranslations('onboarding.record');
  const { attempt, bars, laterCount, waitedMs } = row;
  const open = attempt.state === 'pending' || attempt.state === 'sent';
  const isWaiting = attempt.state === 'waiting';
  return (
    <>
      {waitedMs !== null && <WaitLine ms={waitedMs} timeline={timeline} />}
      {bars.map((bar) => (
        <BarLine key={bar.exchange.id} bar={bar} timeline={timeline} />
      ))}
      {open && (
        <div className={classes.line}>
          <span className={classes.step}>{t(attempt.state === 'pending' ? 'waitingToSend' : 'waitingForAnswer')}</span>
          <div className={classes.track}>
            <span className={classes.moving} />
          </div>
        </div>
      )}
      {isWaiting && <p className={classes.none}>{t('waitsForCustomer')}</p>}
      {!open && !isWaiting && bars.length === 0 && <p className={classes.none}>{t('nothingTravelled')}</p>}
      {laterCount > 0 && <p className={classes.none}>{t('laterLookUps', { count: laterCount })}</p>}
    </>
  );
}

function BarLine({ bar, timeline }: { bar: TimelineBar; timeline: Timeline }) {
  const t = useTranslations('onboarding.record');
  const inWords = useStatusWords();
  const { exchange } = bar;
  const words = t('barWords', {
    purpose: t(`purpose.${exchange.purpose}`),
    method: exchange.method,
    outcome: inWords(exchange),
    from: durationWords(bar.fromMs),
    took: durationWords(exchange.durationMs),
  });
  return (
    <Line
      step={t(`purpose.${exchange.purpose}`)}
      timeline={timeline}
      from={bar.fromMs}
      to={bar.toMs}
      words={words}
      tone={bar.tone}
      took={exchange.durationMs}
    />
  );
}

/** The time before the first request: ours, not the vendor's. */
function WaitLine({ ms, timeline }: { ms: number; timeline: Timeline }) {
  const t = useTranslations('onboarding.record');
  const words = t('waitedWords', { took: durationWords(ms) });
  return <Line step={t('waitedHere')} timeline={timeline} from={0} to={ms} words={words} tone="waited" took={ms} />;
}

interface LineProps {
  step: string;
  timeline: Timeline;
  from: number;
  to: number;
  /** All of it in words. */
  words: string;
  tone: TimelineBar['tone'] | 'waited';
  took: number;
}

function Line({ step, timeline, from, to, words, tone, took }: LineProps) {
  const left = toPercent(from, timeline.spanMs);
  const width = toPercent(to, timeline.spanMs) - left;
  return (
    <div className={classes.line}>
      <span className={classes.step}>{step}</span>
      <div className={classes.track}>
        {timeline.ticksMs.map((ms) => (
          <span key={ms} className={classes.tick} style={{ left: `${toPercent(ms, timeline.spanMs)}%` }} />
        ))}
        <span className={classes.place} style={{ left: `${left}%`, width: `${width}%` }}>
          <Tip content={words}>{(wiring) => <span className={`${classes.bar} ${classes[tone]}`} {...wiring} />}</Tip>
          <span className={classes.time} aria-hidden>
            {durationWords(took)}
          </span>
        </span>
      </div>
    </div>
  );
}
