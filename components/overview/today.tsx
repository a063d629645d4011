import { useTranslations } from 'next-intl';
import { Duration } from '@/components/display/duration';
import { exactDay } from '@/components/display/format-time';
import { KeyValueList } from '@/components/display/key-value-list';
import { Section } from '@/components/display/section';
import { type Overview, onboardingOutcomes } from '@/lib/overview/overview';
import { HourChart } from './hour-chart';
import classes from './overview.module.css';

interface Props {
  overview: Pick<Overview, 'day' | 'hours' | 'vendors' | 'firstPass'>;
  /** The actor's IANA zone. */
  timeZone: string;
}

/** Today's numbers, in the user's day. */
export function Today({ overview, timeZone }: Props) {
  const t = useTranslations('overview.today');
  const { day, hours } = overview;
  const sums = onboardingOutcomes.map((outcome) => ({
    outcome,
    count: hours.reduce((sum, { counts }) => sum + counts[outcome], 0),
  }));
  const total = sums.reduce((sum, { count }) => sum + count, 0);
  const parts = sums.filter(({ count }) => count > 0).map(({ outcome, count }) => t(`part.${outcome}`, { count }));
  // Noon in UTC is the same date whatever reads it.
  const date = exactDay(new Date(`${day}T12:00:00Z`), 'UTC');
  return (
    <Section title={t('title')} description={t('day', { day: date, zone: timeZone })} framed>
      <p className={classes.sentence}>
        {total === 0 ? t('none') : t('sentence', { total, parts: new Intl.ListFormat('en-GB').format(parts) })}
      </p>
      {total > 0 && <HourChart hours={hours} />}
      <Numbers vendors={overview.vendors} firstPass={overview.firstPass} />
    </Section>
  );
}

/** First-pass rate and, per vendor, the median time at the vendor. */
/** Whole per cent; all of them, and none, are said only where it is so. */
function toPercent(share: number): number {
  return share === 0 || share === 1 ? share * 100 : Math.min(99, Math.max(1, Math.round(share * 100)));
}

function Numbers({ vendors, firstPass }: Pick<Overview, 'vendors' | 'firstPass'>) {
  const t = useTranslations('overview.today');
  const vendorName = useTranslations('onboarding.vendor');
  const { decided, passed } = firstPass;
  const answering = vendors.filter(({ medianMs }) => medianMs !== null);
  const rate =
    decided === 0 ? (
      t('firstPassNone')
    ) : (
      <>
        <strong className="mono">{toPercent(passed / decided)} %</strong>{' '}
        <span className={classes.why}>{t('firstPassText', { passed, decided })}</span>
      </>
    );
  return (
    <KeyValueList
      items={[
        { label: t('firstPass'), value: rate },
        {
          label: t('answers'),
          value:
            answering.length === 0 ? (
              t('noAnswers')
            ) : (
              <ul>
                {answering.map(({ vendor, medianMs, answers }) => (
                  <li key={vendor} className={classes.answer}>
                    <span>{vendorName(vendor)}</span>
                    <Duration ms={medianMs} />
                    <span className={classes.why}>{t('answersOf', { count: answers })}</span>
                  </li>
                ))}
              </ul>
            ),
        },
      ]}
    />
  );
}
