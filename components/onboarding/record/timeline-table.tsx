'use client';

import { useTranslations } from 'next-intl';
import { Duration } from '@/components/display/duration';
import { useStatusWords } from './status-words';
import classes from './timeline.module.css';
import type { Timeline } from './timeline-scale';

/** What the bars show, as a table: for screen readers, and for whoever wants the numbers. */
export function TimelineTable({ timeline }: { timeline: Timeline }) {
  const t = useTranslations('onboarding.record');
  const inWords = useStatusWords();
  const lines = timeline.rows.flatMap(({ attempt, bars }) => bars.map((bar) => ({ attempt, bar })));
  if (lines.length === 0) return null;
  return (
    <details className={classes.details}>
      <summary>{t('asTable')}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways needs the keyboard. */}
      <section className={classes.scroll} aria-label={t('asTable')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('column.connection')}</th>
              <th scope="col">{t('column.request')}</th>
              <th scope="col">{t('column.after')}</th>
              <th scope="col">{t('column.took')}</th>
              <th scope="col">{t('column.answer')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ attempt, bar }) => (
              <tr key={bar.exchange.id}>
                <th scope="row">{attempt.connectionName}</th>
                <td>
                  {t(`purpose.${bar.exchange.purpose}`)} ({bar.exchange.method})
                </td>
                <td>
                  <Duration ms={bar.fromMs} />
                </td>
                <td>
                  <Duration ms={bar.exchange.durationMs} />
                </td>
                <td>{inWords(bar.exchange)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
