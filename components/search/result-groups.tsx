import { useTranslations } from 'next-intl';
import { Link } from '@/components/display/link';
import { Section } from '@/components/display/section';
import { type SearchResult, searchKinds } from '@/lib/search/search-result';
import classes from './search.module.css';

/** Results of a search by kind, in the order of the navigation. */
export function ResultGroups({ results }: { results: readonly SearchResult[] }) {
  const t = useTranslations('search.kind');
  return searchKinds
    .map((kind) => ({ kind, found: results.filter((result) => result.kind === kind) }))
    .filter(({ found }) => found.length > 0)
    .map(({ kind, found }) => (
      <Section key={kind} title={t(kind)}>
        <ul className={classes.results}>
          {found.map((result) => (
            <li key={result.id}>
              <Link href={result.href}>
                <bdi className={classes.label}>{result.label}</bdi>
                <bdi className={classes.detail}>{result.detail}</bdi>
              </Link>
            </li>
          ))}
        </ul>
      </Section>
    ));
}
