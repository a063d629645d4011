'use client';

import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useFieldArray, useWatch } from 'react-hook-form';
import { Button } from '@/components/display/button';
import { NumberField } from '@/components/form/number-field';
import { marginRules, offerTypes } from '@/lib/vendors/cloud-cockpit/vocabulary';
import { NativeSelectField } from '../native-select-field';
import classes from '../section.module.css';

/** The margin for the customer at this provider, and what differs by type of offer. */
export function Margins({ at }: { at: string }) {
  const t = useTranslations('cloud-cockpit');
  const name = `${at}.offerTypeMargins`;
  const { fields, append, remove } = useFieldArray({ name });
  const rows: unknown = useWatch({ name });
  const used = Array.isArray(rows) ? rows.map(offerTypeOf) : [];
  const rules = marginRules.map((rule) => ({ value: rule, label: t(`marginRule.${rule}`) }));
  const next = offerTypes.find((offerType) => !used.includes(offerType));
  return (
    <>
      <div className={classes.fields}>
        <NativeSelectField
          name={`${at}.margin.rule`}
          label={t('fields.providerCustomers.margin.rule.label')}
          options={rules}
          placeholder={t('marginRule.none')}
        />
        <NumberField
          name={`${at}.margin.value`}
          label={t('fields.providerCustomers.margin.value.label')}
          decimals={4}
          unit="%"
        />
      </div>
      {fields.length > 0 && <p className={classes.label}>{t('groups.offerTypeMargins')}</p>}
      {fields.map((row, index) => {
        const own = offerTypes.find((offerType) => offerType === used[index]);
        return (
          <div key={row.id} className={classes.row}>
            <NativeSelectField
              name={`${name}.${index}.offerType`}
              label={t('fields.providerCustomers.offerTypeMargins.offerType.label')}
              options={offerTypes.map((offerType) => ({
                value: offerType,
                label: t(`offerType.${offerType}`),
                disabled: offerType !== own && used.includes(offerType),
              }))}
              required
            />
            <NativeSelectField
              name={`${name}.${index}.rule`}
              label={t('fields.providerCustomers.offerTypeMargins.rule.label')}
              options={rules}
              required
            />
            <NumberField
              name={`${name}.${index}.value`}
              label={t('fields.providerCustomers.offerTypeMargins.value.label')}
              decimals={4}
              unit="%"
              required
            />
            <Button
              look="subtle"
              aria-label={t('actions.removeOfferType', {
                name: own === undefined ? String(index + 1) : t(`offerType.${own}`),
              })}
              onClick={() => remove(index)}
              icon={<IconTrash size={16} aria-hidden />}
            />
          </div>
        );
      })}
      {next !== undefined && (
        <div>
          <Button
            size="sm"
            icon={<IconPlus size={16} aria-hidden />}
            onClick={() => append({ offerType: next, rule: '', value: null })}
          >
            {t('actions.addOfferType')}
          </Button>
        </div>
      )}
    </>
  );
}

function offerTypeOf(row: unknown): string {
  if (typeof row !== 'object' || row === null || !('offerType' in row)) return '';
  return typeof row.offerType === 'string' ? row.offerType : '';
}
