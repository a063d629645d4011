'use client';

import { useTranslations } from 'next-intl';
import { managementModes, type Profile } from '@/lib/vendors/avepoint/vocabulary';
import { NativeSelectField } from '../native-select-field';

interface Props {
  readonly name: string;
  readonly profile: Profile;
}

/** Who manages the customer's tenant. The draft contract always says so; the current one may leave it open. */
export function ManagementMode({ name, profile }: Props) {
  const t = useTranslations('avepoint');
  const always = profile === '2025-09';
  return (
    <NativeSelectField
      name={name}
      label={t('fields.managementMode.label')}
      description={t(always ? 'derived.managementAlways' : 'fields.managementMode.help')}
      options={managementModes.map((mode) => ({ value: mode, label: t(`managementMode.${mode}`) }))}
      {...(always ? { required: true } : { placeholder: t('managementMode.open') })}
    />
  );
}
