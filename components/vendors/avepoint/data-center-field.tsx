'use client';

import { useTranslations } from 'next-intl';
import { useWatch } from 'react-hook-form';
import { ClosedPicker } from '../closed-picker';
import { useLatePicker } from '../use-late-picker';

const load = () => import('./data-center-picker').then(({ DataCenterPicker }) => DataCenterPicker);

/** Where AvePoint keeps the customer's data: one of its list, or any id that is typed. */
export function DataCenterField({ name }: { name: string }) {
  const t = useTranslations('avepoint.fields.dataCenter');
  const value: unknown = useWatch({ name });
  const { loaded, box } = useLatePicker(name, { load, filled: typeof value === 'string' && value !== '' });
  if (loaded !== null) return <loaded.Picker name={name} entered={loaded.entered} />;
  return (
    <ClosedPicker
      name={name}
      label={t('label')}
      description={t('help')}
      required
      placeholder={t('placeholder')}
      box={box}
    />
  );
}
