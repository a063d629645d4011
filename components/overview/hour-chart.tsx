import { useTranslations } from 'next-intl';
import { type HourOfDay, onboardingOutcomes } from '@/lib/overview/overview';
import { OutcomeLegend } from './outcome-legend';
import classes from './overview.module.css';

const hoursOfDay = Array.from({ length: 24 }, (_, hour) => hour);
const label = (hour: number) => String(hour).padStart(2, '0');

/** Onboardings by hour, stacked by outcome; a sentence above it and a table behind it say the same. */
export function HourChart({ hours }: { hours: readonly HourOfDay[] }) {
  const t = useTranslations('overview.today');
  const byHour = new Map(hours.map(({ hour, counts }) => [hour, counts]));
  const total = (hour: number) =>
    onboardingOutcomes.reduce((sum, outcome) => sum + (byHour.get(hour)?.[outcome] ?? 0), 0);
  const highest = Math.max(1, ...hoursOfDay.map(total));
  return (
    <figure className={classes.figure}>
      <figcaption className="visually-hidden">{t('chart')}</figcaption>
      <div className={classes.plot} aria-hidden>
        <span className={classes.highest}>{highest}</span>
        {hoursOfDay.map((hour) => (
          <div key={hour} className={classes.hour}>
            <div className={classes.bar} style={{ height: `${(total(hour) / highest) * 100}%` }}>
              {onboardingOutcomes.map((outcome) => {
                const count = byHour.get(hour)?.[outcome] ?? 0;
                return count === 0 ? null : (
                  <div key={outcome} className={classes.part} data-outcome={outcome} style={{ flexGrow: count }} />
                );
              })}
            </div>
            <span className={classes.tick}>{hour % 3 === 0 ? label(hour) : ''}</span>
          </div>
        ))}
      </div>
      <OutcomeLegend />
      <details className={classes.numbers}>
        <summary>{t('showTable')}</summary>
        <table>
          <caption className="visually-hidden">{t('chart')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('hour')}</th>
              {onboardingOutcomes.map((outcome) => (
                <th key={outcome} scope="col">
                  {t(`outcome.${outcome}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {hours.map(({ hour, counts }) => (
              <tr key={hour}>
                <th scope="row">{t('hourOf', { hour: label(hour) })}</th>
                {onboardingOutcomes.map((outcome) => (
                  <td key={outcome}>{counts[outcome]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
