'use client';

import { Skeleton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { Duration } from '@/components/display/duration';
import type { AttemptView, ExchangeView } from '@/lib/onboarding/record-view';
import { toReadablePath } from './readable-address';
import classes from './record.module.css';
import { useStatusWords } from './status-words';

const ExchangeContent = dynamic(() => import('./exchange-content').then((module) => module.ExchangeContent), {
  ssr: false,
  loading: () => <Skeleton height={280} />,
});

/** What travelled: one line per request, each opens to what was sent and what came back, masked. */
export function ExchangeList({ attempt, timeZone }: { attempt: AttemptView; timeZone: string }) {
  const t = useTranslations('onboarding.record.exchange');
  return (
    <div className={classes.block}>
      <h3>{t('title')}</h3>
      {attempt.exchanges.length === 0 ? (
        <p className={classes.faint}>{t(['waiting', 'pending', 'sent'].includes(attempt.state) ? 'notYet' : 'none')}</p>
      ) : (
        <ol className={classes.exchanges}>
          {attempt.exchanges.map((exchange) => (
            <li key={exchange.id}>
              <ExchangeLine exchange={exchange} ownerName={attempt.ownerName} timeZone={timeZone} />
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

interface LineProps {
  exchange: ExchangeView;
  ownerName: string;
  timeZone: string;
}

function ExchangeLine({ exchange, ownerName, timeZone }: LineProps) {
  const t = useTranslations('onboarding.record');
  const inWords = useStatusWords();
  const id = useId();
  const [open, setOpen] = useState(false);
  const path = exchange.content === null ? '' : toReadablePath(exchange.content.url);
  return (
    <>
      <button
        type="button"
        className={classes.exchange}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <IconChevronRight size={16} aria-hidden />
        <span className={classes.purpose}>{t(`purpose.${exchange.purpose}`)}</span>
        <span className={`mono ${classes.address}`} title={path}>
          {exchange.method} {path}
        </span>
        <span className={classes[toTone(exchange)]}>{inWords(exchange)}</span>
        <Duration ms={exchange.durationMs} />
      </button>
      {open && (
        <div id={id} className={classes.content}>
          <ExchangeContent exchange={exchange} ownerName={ownerName} timeZone={timeZone} />
        </div>
      )}
    </>
  );
}

function toTone({ status, refusal }: ExchangeView): 'good' | 'bad' | 'unanswered' {
  if (status === null) return 'unanswered';
  return status < 400 && refusal === null ? 'good' : 'bad';
}
