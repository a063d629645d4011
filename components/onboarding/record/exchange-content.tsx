'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { JsonView } from '@/components/display/json-view';
import { KeyValueList } from '@/components/display/key-value-list';
import { Moment } from '@/components/display/moment';
import type { ExchangeView } from '@/lib/onboarding/record-view';
import type { Json } from '@/lib/vendors/vendor';
import { toReadable } from './readable-address';
import classes from './record.module.css';
import { useStatusWords } from './status-words';

const phases = ['not-connected', 'connected', 'headers-written', 'answered'] as const;

interface Props {
  exchange: ExchangeView;
  /** Partner that owns the connection. */
  ownerName: string;
  timeZone: string;
}

/** One request and its answer, as kept: masked by allow-list, or only their sizes where the rest may not be seen. */
export function ExchangeContent({ exchange, ownerName, timeZone }: Props) {
  const t = useTranslations('onboarding.record.exchange');
  const format = useFormatter();
  const inWords = useStatusWords();
  const { content } = exchange;
  const phase = phases.find((one) => one === exchange.phase);
  return (
    <>
      <KeyValueList
        items={[
          { label: t('at'), value: <Moment at={exchange.startedAt} timeZone={timeZone} style="exact" /> },
          ...(content === null
            ? []
            : [{ label: t('address'), value: <span className="mono">{toReadable(content.url)}</span> }]),
          { label: t('phase'), value: phase === undefined ? exchange.phase : t(`phases.${phase}`) },
          { label: t('answer'), value: inWords(exchange) },
          {
            label: t('size'),
            value: t('sizes', {
              sent: format.number(exchange.requestBytes),
              received: format.number(exchange.responseBytes),
            }),
          },
        ]}
      />
      {content === null ? (
        <p className={classes.faint}>{t(`withheld.${exchange.withheld ?? 'erased'}`, { owner: ownerName })}</p>
      ) : (
        <div className={classes.sides}>
          <Side side="request" headers={content.requestHeaders} body={content.requestBody} />
          <Side side="response" headers={content.responseHeaders} body={content.responseBody} />
        </div>
      )}
    </>
  );
}

function Side({ side, headers, body }: { side: 'request' | 'response'; headers: Json; body: Json }) {
  const t = useTranslations('onboarding.record.exchange');
  const title = t(side);
  return (
    <section aria-label={title}>
      <h4>{title}</h4>
      {isEmpty(body) ? (
        <p className={classes.faint}>{t('noBody')}</p>
      ) : (
        <JsonView value={body} label={t(`body.${side}`)} />
      )}
      {!isEmpty(headers) && <JsonView value={headers} label={t(`headers.${side}`)} open={false} />}
    </section>
  );
}

function isEmpty(value: Json): boolean {
  if (value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
