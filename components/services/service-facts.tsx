import { useTranslations } from 'next-intl';

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
    // The vendor writes whole instants where a day is meant.
    return t(key, { value: value.replace(/^(\d{4}-\d\d-\d\d)T.*$/, '$1') });
  });
  return <>{parts.length === 0 ? '–' : parts.join(' · ')}</>;
}
