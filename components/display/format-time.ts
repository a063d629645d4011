/** Dates and times in words. Day before month and 24 hours, whatever the browser prefers: records are compared. */
const locale = 'en-GB';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone });
  formats.set(key, made);
  return made;
}

const day = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;

/** `20 Nov 2026, 15:02:11` in a zone. */
export function exactTime(at: Date, timeZone: string): string {
  return format(timeZone, { ...day, ...time }).format(at);
}

/** `20 Nov 2026` in a zone. */
export function exactDay(at: Date, timeZone: string): string {
  return format(timeZone, day).format(at);
}

const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });

const steps = [
  { unit: 'second', ms: 1000, below: 60 },
  { unit: 'minute', ms: 60_000, below: 60 },
  { unit: 'hour', ms: 3_600_000, below: 24 },
  { unit: 'day', ms: 86_400_000, below: 7 },
] as const;

/** `3 min ago`, `in 2 hr`; a date once that is clearer than a count. */
export function relativeTime(at: Date, now: number, timeZone: string): string {
  const difference = at.getTime() - now;
  const size = Math.abs(difference);
  if (size < 10_000) return relative.format(0, 'second');
  const step = steps.find(({ ms, below }) => size < ms * below);
  if (step === undefined) return exactDay(at, timeZone);
  return relative.format(Math.trunc(difference / step.ms), step.unit).replace('.', '');
}
