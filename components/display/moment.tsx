'use client';

import { exactTime, relativeTime } from './format-time';
import classes from './moment.module.css';
import { Tip } from './tip';
import { useNow } from './use-now';

interface Props {
  /** ISO instant. */
  at: string;
  /** The actor's IANA zone. */
  timeZone: string;
  style?: 'relative' | 'exact';
  /** False in dense lists, where the record behind the row shows the instant. Default true. */
  focusable?: boolean;
}

/** An instant: how long ago, and on hover or focus exactly, in the user's zone and in UTC. */
export function Moment({ at, timeZone, style = 'relative', focusable = true }: Props) {
  const now = useNow();
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime())) return at;
  const exact = exactTime(instant, timeZone);
  const tip = `${exact}  ${timeZone}\n${instant.toISOString().replace('T', ' ').replace('Z', '')}  UTC`;
  return (
    <Tip content={tip}>
      {(wiring) => (
        <time
          dateTime={at}
          className={`${classes.moment} ${style === 'exact' ? classes.exact : ''}`}
          tabIndex={focusable ? 0 : undefined}
          // The server wrote the same sentence some milliseconds earlier; it may differ by one step.
          suppressHydrationWarning
          {...wiring}
        >
          {style === 'exact' ? exact : relativeTime(instant, now, timeZone)}
        </time>
      )}
    </Tip>
  );
}
