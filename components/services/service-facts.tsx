import { useTranslations } from 'next-intl';
import { exactDay } from '@/components/display/format-time';

const known = [
  'model',
  'seats',
  'storage',
  'retention',
  'expires',
  'package',
  'source',
  'payment',
  'contractEnd',
] as const;

/** What the vendor says of a service, in one line. */
export function ServiceFacts({ facts }: { facts: Readonly<Record<string, string>> }) {
  const t = useTranslations('services.facts');
  const parts = known.flatMap((key) => {
    const value = facts[key];
    if (value === undefined) return [];
    return t(key, { value: dayOf(value) });
  });
  return <>{parts.length === 0 ? '–' : parts.join(' · ')}</>;
}

/** The vendor writes whole instants where a day is meant. */
function dayOf(value: string): string {
  const [day] = /^\d{4}-\d\d-\d\d(?=T|$)/.exec(value) ?? [];
  const at = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? value : exactDay(at, 'UTC');
}
