import { useTranslations } from 'next-intl';
import { KeyValueList } from '@/components/display/key-value-list';
import type { FactName } from '@/lib/customers/changed-facts';
import { countryName } from '@/lib/customers/country-name';
import { factGroups } from '@/lib/customers/fact-groups';
import type { CustomerFacts } from '@/lib/vendors/vendor';
import classes from './customers.module.css';

/** The facts of a customer, in the groups of the form. */
export function FactsList({ facts }: { facts: CustomerFacts }) {
  const t = useTranslations('customers');
  const factName = useTranslations('onboarding.facts');
  const shown = (name: FactName) => {
    if (facts[name] === '') return <span className={classes.dimmed}>{t('record.empty')}</span>;
    return <bdi>{name === 'country' ? countryName(facts.country) : facts[name]}</bdi>;
  };
  return (
    <div className={classes.groups}>
      {factGroups.map(({ group, facts: names }) => (
        <div key={group}>
          <h3>{t(`group.${group}`)}</h3>
          <KeyValueList items={names.map((name) => ({ label: factName(name), value: shown(name) }))} />
        </div>
      ))}
    </div>
  );
}
