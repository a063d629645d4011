'use client';

import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useFieldArray } from 'react-hook-form';
import { Button } from '@/components/display/button';
import { TextField } from '@/components/form/text-field';
import { Disclosure } from '../disclosure';
import classes from '../section.module.css';
import type { SectionValues } from './section-values';

/** The list of associated partners: a field of the vendor's read model, for whoever knows that it is taken. */
export function Associations({ at }: { at: string }) {
  const t = useTranslations('cloud-cockpit');
  const words = useTranslations('onboarding.derived');
  const { fields, append, remove } = useFieldArray<SectionValues>({ name: `${at}.customerAssociations` });
  return (
    <Disclosure
      title={t('fields.customerAssociations.label')}
      hint={fields.length === 0 ? words('none') : String(fields.length)}
      open={fields.length > 0}
    >
      <p className={classes.hint}>{t('fields.customerAssociations.help')}</p>
      {fields.map((row, index) => (
        <div key={row.id} className={classes.row}>
          <TextField
            name={`${at}.customerAssociations.${index}.resellerId`}
            label={t('fields.customerAssociations.resellerId.label')}
            required
            mono
          />
          <TextField
            name={`${at}.customerAssociations.${index}.name`}
            label={t('fields.customerAssociations.name.label')}
            required
          />
          <Button
            look="subtle"
            aria-label={t('actions.removeAssociation', { number: index + 1 })}
            onClick={() => remove(index)}
            icon={<IconTrash size={16} aria-hidden />}
          />
        </div>
      ))}
      <div>
        <Button
          size="sm"
          icon={<IconPlus size={16} aria-hidden />}
          onClick={() => append({ resellerId: '', name: '' })}
        >
          {t('actions.addAssociation')}
        </Button>
      </div>
    </Disclosure>
  );
}
