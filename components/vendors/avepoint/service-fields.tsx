'use client';

import { useTranslations } from 'next-intl';
import { useWatch } from 'react-hook-form';
import { DateField } from '@/components/form/date-field';
import type { FieldProps } from '@/components/form/field-props';
import { FormSection } from '@/components/form/form-section';
import { NumberField } from '@/components/form/number-field';
import { SwitchField } from '@/components/form/switch-field';
import { TextField } from '@/components/form/text-field';
import {
  isOffered,
  licenses,
  productOf,
  productsIn,
  type ServiceField,
  type Takes,
  takenFields,
} from '@/lib/vendors/avepoint/services/vocabulary';
import { toProfile } from '@/lib/vendors/avepoint/vocabulary';
import { FieldGroup } from '../field-group';
import { NativeSelectField } from '../native-select-field';
import type { ServiceFieldsProps } from '../service-fields-of';

const storages = ['azure', 's3', 'gcp'] as const;
const sources = ['avepoint', 'marketplace', 'lars'] as const;
const sales = ['capacity', 'users', 'organization'] as const;
const packages = ['standard', 'core', 'flex'] as const;
const payments = ['prepaid', 'payg'] as const;

/**
 * AvePoint's service in words: product and licence decide which of the other fields its contract takes. The fields are named
 * `<at>.<field>` in the form around.
 */
export function AvepointServiceFields({ profile: written, at = 'service', nested = false }: ServiceFieldsProps) {
  const t = useTranslations('avepoint.service');
  const field = useTranslations('avepoint.service.fields');
  const [typedProduct, typedLicense, ownStorage]: readonly unknown[] = useWatch({
    name: [`${at}.product`, `${at}.license`, `${at}.ownStorage`],
  });
  const profile = toProfile(written);
  const product = productOf(typeof typedProduct === 'string' ? typedProduct : '');
  const license = licenses.find((one) => one === typedLicense) ?? '';
  const Group = nested ? FieldGroup : FormSection;
  const takes = takenFields(profile, product, license);
  const isDraft = profile === '2025-09';
  const group = (fields: readonly ServiceField[]) => fields.some((one) => takes[one] !== undefined);
  const offered = licenses.filter((one) => product === null || isOffered(profile, product, one));
  return (
    <>
      <Group title={t('groups.what')}>
        <NativeSelectField
          name={`${at}.product`}
          label={field('product.label')}
          description={field('product.help')}
          placeholder={field('product.placeholder')}
          required
          options={productsIn(profile).map(({ key, name }) => ({ value: key, label: name }))}
        />
        <NativeSelectField
          name={`${at}.license`}
          label={field('license.label')}
          placeholder={field('license.placeholder')}
          required
          options={offered.map((one) => ({ value: one, label: t(`license.${one}`) }))}
        />
        {product !== null && license !== '' && Object.keys(takes).length === 0 && offered.includes(license) && (
          <p data-wide>{t('nothingMore')}</p>
        )}
      </Group>
      {group(['storage']) && (
        <Group title={t('groups.storage')} description={t(isDraft ? 'groups.storageDraftHelp' : 'groups.storageHelp')}>
          <Taken takes={takes} at={at} name="storage">
            {(props) => (
              <NativeSelectField
                {...props}
                label={field('storage.label')}
                placeholder={field('storage.placeholder')}
                options={storages
                  .filter((one) => isDraft || one !== 'gcp')
                  .map((one) => ({ value: one, label: t(`storage.${one}`) }))}
              />
            )}
          </Taken>
          <Taken takes={takes} at={at} name="retentionYears">
            {(props) => (
              <NumberField {...props} label={field('retentionYears.label')} unit={field('retentionYears.unit')} />
            )}
          </Taken>
          <Taken takes={takes} at={at} name="ownStorage">
            {(props) => <SwitchField {...props} label={field('ownStorage.label')} />}
          </Taken>
          {ownStorage === true && (
            <Taken takes={takes} at={at} name="storageProfileId">
              {(props) => (
                <TextField
                  {...props}
                  label={field('storageProfileId.label')}
                  description={field('storageProfileId.help')}
                  mono
                  maxLength={60}
                />
              )}
            </Taken>
          )}
        </Group>
      )}
      {group(['seats', 'expiry']) && (
        <Group
          title={t('groups.license')}
          description={t(license === 'trial' ? 'groups.licenseTrialHelp' : 'groups.licenseHelp')}
        >
          <Taken takes={takes} at={at} name="seats">
            {(props) => <NumberField {...props} label={field('seats.label')} description={field('seats.help')} />}
          </Taken>
          <Taken takes={takes} at={at} name="source">
            {(props) => (
              <NativeSelectField
                {...props}
                label={field('source.label')}
                placeholder={field('source.placeholder')}
                options={sources.map((one) => ({ value: one, label: t(`source.${one}`) }))}
              />
            )}
          </Taken>
          <Taken takes={takes} at={at} name="sameAsPool">
            {(props) => (
              <div data-wide>
                <SwitchField {...props} label={field('sameAsPool.label')} />
              </div>
            )}
          </Taken>
          <Taken takes={takes} at={at} name="expiry">
            {(props) => <DateField {...props} label={field('expiry.label')} description={field('expiry.help')} />}
          </Taken>
          <Taken takes={takes} at={at} name="contractEnd">
            {(props) => (
              <DateField {...props} label={field('contractEnd.label')} description={field('contractEnd.help')} />
            )}
          </Taken>
          <Taken takes={takes} at={at} name="sale">
            {(props) => (
              <NativeSelectField
                {...props}
                label={field('sale.label')}
                placeholder={field('sale.placeholder')}
                options={sales.map((one) => ({ value: one, label: t(`sale.${one}`) }))}
              />
            )}
          </Taken>
          <Taken takes={takes} at={at} name="package">
            {(props) => (
              <NativeSelectField
                {...props}
                label={field('package.label')}
                placeholder={field('package.placeholder')}
                options={packages.map((one) => ({ value: one, label: t(`package.${one}`) }))}
              />
            )}
          </Taken>
          <Taken takes={takes} at={at} name="customerSize">
            {(props) => (
              <NumberField {...props} label={field('customerSize.label')} description={field('customerSize.help')} />
            )}
          </Taken>
          <Taken takes={takes} at={at} name="payment">
            {(props) => (
              <NativeSelectField
                {...props}
                label={field('payment.label')}
                placeholder={field('payment.placeholder')}
                options={payments.map((one) => ({ value: one, label: t(`payment.${one}`) }))}
              />
            )}
          </Taken>
        </Group>
      )}
    </>
  );
}

interface TakenProps {
  takes: Takes;
  at: string;
  name: ServiceField;
  children: (props: Pick<FieldProps, 'name' | 'required'>) => React.ReactNode;
}

/** A field that is shown only where the contract takes it; what was typed stays, should the choice come back. */
function Taken({ takes, at, name, children }: TakenProps) {
  const taken = takes[name];
  return taken === undefined ? null : children({ name: `${at}.${name}`, required: taken === 'required' });
}
