'use client';

import { useTranslations } from 'next-intl';
import { Tip } from '@/components/display/tip';
import { useStatusWords } from './status-words';
import classes from './timeline.module.css';
import { type Timeline, type TimelineBar, type TimelineRow, toPercent } from './timeline-scale';

/** The requests of one attempt, one line each, on the axis that all rows share. */
export function TimelineBars({ row, timeline }: { row: TimelineRow; timeline: Timeline }) {
  const t = useTranslations('onboarding.record');
  const { attempt, bars, laterCount } = row;
  const open = attempt.state === 'pending' || attempt.state === 'sent';
  return (
    <>
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
      {!open && bars.length === 0 && <p className={classes.none}>{t('nothingTravelled')}</p>}
      {laterCount > 0 && <p className={classes.none}>{t('laterLookUps', { count: laterCount })}</p>}
    </>
  );
}

function BarLine({ bar, timeline }: { bar: TimelineBar; timeline: Timeline }) {
  const t = useTranslations('onboarding.record');
  const inWords = useStatusWords();
  const { exchange } = bar;
  const left = toPercent(bar.fromMs, timeline.spanMs);
  const width = toPercent(bar.toMs, timeline.spanMs) - left;
  const words = t('barWords', {
    purpose: t(`purpose.${exchange.purpose}`),
    method: exchange.method,
    outcome: inWords(exchange),
    from: Math.round(bar.fromMs),
    took: Math.round(exchange.durationMs),
  });
  return (
    <div className={classes.line}>
      <span className={classes.step}>{t(`purpose.${exchange.purpose}`)}</span>
      <div className={classes.track}>
        {timeline.ticksMs.map((ms) => (
          <span key={ms} className={classes.tick} style={{ left: `${toPercent(ms, timeline.spanMs)}%` }} />
        ))}
        <span className={classes.place} style={{ left: `${left}%`, width: `${width}%` }}>
          <Tip content={words}>
            {(wiring) => <span className={`${classes.bar} ${classes[bar.tone]}`} {...wiring} />}
          </Tip>
          <span className={classes.time} aria-hidden>
            {exchange.durationMs < 1000
              ? `${Math.round(exchange.durationMs)} ms`
              : `${(exchange.durationMs / 1000).toFixed(1)} s`}
          </span>
        </span>
      </div>
    </div>
  );
}
