'use client';

import { useTranslations } from 'next-intl';
import { useWatch } from 'react-hook-form';
import { customerStates, type PartnerLevel, rankOf, serviceTypes } from '@/lib/vendors/cove/vocabulary';
import { LookupField } from '../lookup-field';
import { NativeSelectField } from '../native-select-field';
import classes from '../section.module.css';
import { ChoiceList } from './choice-list';
import type { SectionValues } from './section-values';

interface Props {
  at: string;
  partnerId: string;
  timeZone: string;
  /** Levels that are offered; those that are not below the parent's stay visible. */
  levels: readonly PartnerLevel[];
  /** Kinds of service that the parent may give; null: nobody knows. */
  gives: readonly string[] | null;
}

/** What the customer is and gets: level, services, state, and where its backups are stored. */
export function ServiceFields({ at, partnerId, timeZone, levels: offered, gives }: Props) {
  const t = useTranslations('cove');
  const input = useWatch<SectionValues>()[at];
  const above = rankOf(input?.parentLevel ?? '');
  const levels = offered.map((level) => {
    const word = t(`level.${level}`);
    const below = above === null || (rankOf(level) ?? 0) > above;
    return { value: level, label: below ? word : t('derived.notBelow', { level: word }), disabled: !below };
  });
  const services = serviceTypes.map((value) => {
    const word = t(`serviceType.${value}`);
    const given = gives === null || gives.includes(value);
    return { value, label: given ? word : t('derived.notGiven', { service: word }), disabled: !given };
  });
  return (
    <div className={classes.fields}>
      <NativeSelectField
        name={`${at}.level`}
        label={t('fields.level.label')}
        description={t('fields.level.help')}
        options={levels}
        required
      />
      <NativeSelectField
        name={`${at}.state`}
        label={t('fields.state.label')}
        description={t('fields.state.help')}
        options={customerStates.map((value) => ({ value, label: t(`state.${value}`) }))}
        placeholder={t('state.none')}
      />
      <NativeSelectField
        name={`${at}.serviceType`}
        label={t('fields.serviceType.label')}
        description={t('fields.serviceType.help')}
        options={services}
        placeholder={t('serviceType.none')}
      />
      <LookupField
        name={`${at}.locationId`}
        connectionId={at}
        partnerId={partnerId}
        timeZone={timeZone}
        lookup="locations"
        pastedId={/^\d{1,10}$/}
        label={t('fields.locationId.label')}
        description={t('fields.locationId.help')}
        placeholder={t('derived.leftOut')}
      />
      <div data-wide>
        <ChoiceList
          name={`${at}.childServiceTypes`}
          label={t('fields.childServiceTypes.label')}
          description={t('fields.childServiceTypes.help')}
          options={services}
        />
      </div>
    </div>
  );
}
