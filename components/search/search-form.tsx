import { IconSearch } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/display/button';
import { PlainField } from '@/components/form/plain-field';
import classes from './search.module.css';

/** The search as a page of its own: works without script, and its address can be sent to a colleague. */
export function SearchForm({ query }: { query: string }) {
  const t = useTranslations('search');
  return (
    <search>
      <form action="/search" method="get" className={classes.form}>
        <PlainField
          key={query}
          name="q"
          type="search"
          label={t('label')}
          placeholder={t('hint')}
          defaultValue={query}
          maxLength={200}
          autoComplete="off"
        />
        <Button type="submit" look="primary" icon={<IconSearch size={16} aria-hidden />}>
          {t('submit')}
        </Button>
      </form>
    </search>
  );
}
