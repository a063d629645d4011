import { IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { ConnectionSettings } from '@/lib/connections/connection-view';
import { type FailedPart, failedParts } from '@/lib/connections/failed-parts';
import type { TestReport } from '@/lib/connections/test-report';
import { CopyableId } from '../display/copyable-id';
import { type KeyValue, KeyValueList } from '../display/key-value-list';
import { Moment } from '../display/moment';
import { Section } from '../display/section';
import classes from './connections.module.css';

interface Props {
  settings: ConnectionSettings;
  timeZone: string;
  /** The button that tests. */
  action: ReactNode;
}

/** What the last test of a connection found: which of five things failed, and what to do about it. */
export function TestResult({ settings, timeZone, action }: Props) {
  const t = useTranslations('connections.test');
  const { test, testedAt } = settings;
  return (
    <Section title={t('title')} description={t('description')} action={action} framed>
      <div className={classes.report}>
        {test === null || testedAt === null ? (
          <p className={classes.quiet}>{t('never')}</p>
        ) : (
          <>
            <Headline report={test} />
            <Parts
              report={test}
              plainHttp={settings.tokenUrl?.startsWith('http:') ?? settings.baseUrl.startsWith('http:')}
            />
            {!test.ok && <Failure report={test} />}
            <p className={classes.quiet}>
              {t.rich('when', { at: () => <Moment at={testedAt} timeZone={timeZone} /> })}
            </p>
          </>
        )}
      </div>
    </Section>
  );
}

/** What a test may have read: a key of the words. */
const seen = ['customers', 'no-customers', 'locations'] as const;

function Headline({ report }: { report: TestReport }) {
  const t = useTranslations('connections.test');
  if (!report.ok) return <h3>{t(`failed.${report.failed}`)}</h3>;
  return (
    <>
      <h3>{t('passed')}</h3>
      <p>{t(`ok.${seen.find((known) => known === report.seen) ?? 'customers'}`)}</p>
    </>
  );
}

type Outcome = 'passed' | 'failed' | 'skipped' | 'unused';

const icons: Readonly<Record<Outcome, ReactNode>> = {
  passed: <IconCheck size={16} stroke={2.5} aria-hidden />,
  failed: <IconX size={16} stroke={2.5} aria-hidden />,
  skipped: <IconMinus size={16} aria-hidden />,
  unused: <IconMinus size={16} aria-hidden />,
};

/** How far the test came: each part passed, failed or was not reached. */
function outcomeOf(part: FailedPart, report: TestReport, plainHttp: boolean): Outcome {
  const last = report.ok ? failedParts.length : failedParts.indexOf(report.failed);
  const at = failedParts.indexOf(part);
  if (at > last) return 'skipped';
  if (at === last) return 'failed';
  if (part === 'tls' && plainHttp) return 'unused';
  // The token URL answered nonsense: nobody has judged the credentials yet.
  const inSignIn = !report.ok && report.failed === 'contract' && report.problem.params.step === 'token';
  return inSignIn && (part === 'credentials' || part === 'permission') ? 'skipped' : 'passed';
}

function Parts({ report, plainHttp }: { report: TestReport; plainHttp: boolean }) {
  const t = useTranslations('connections.test');
  const look = { passed: classes.passed, failed: classes.failed, skipped: classes.skipped, unused: classes.skipped };
  return (
    <ul aria-label={t('checked')} className={classes.parts}>
      {failedParts.map((part) => {
        const outcome = outcomeOf(part, report, plainHttp);
        return (
          <li key={part} className={look[outcome]}>
            {icons[outcome]}
            <span>
              {t(`parts.${part}`)} <span className={classes.quiet}>{t(`outcome.${outcome}`)}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Failure({ report }: { report: Extract<TestReport, { ok: false }> }) {
  const t = useTranslations('connections.test');
  const { vendorType, vendorDescription, vendorCorrelationId, status } = report.problem;
  const said = [vendorType, vendorDescription].filter((words) => words !== null && words !== '').join(': ');
  const items: KeyValue[] = [
    ...(status === null ? [] : [{ label: t('status'), value: <span className="mono">{status}</span> }]),
    ...(said === '' ? [] : [{ label: t('vendorSaid'), value: said }]),
    ...(vendorCorrelationId === null
      ? []
      : [
          {
            label: t('vendorCorrelation'),
            value: <CopyableId id={vendorCorrelationId} label={t('vendorCorrelation')} />,
          },
        ]),
  ];
  return (
    <>
      <p className={classes.todo}>{t(`todo.${report.failed}`)}</p>
      {items.length > 0 && <KeyValueList items={items} />}
    </>
  );
}
