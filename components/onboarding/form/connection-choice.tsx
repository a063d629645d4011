'use client';

import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { Badge } from '@/components/display/badge';
import { EmptyState } from '@/components/display/empty-state';
import { fieldId } from '@/components/form/field-id';
import { FormSection } from '@/components/form/form-section';
import type { FormConnection } from '@/lib/onboarding/form-start';
import { useVendorName } from '../vendor-words';
import classes from './form.module.css';

interface Props {
  connections: readonly FormConnection[];
  partnerName: string;
  chosen: readonly string[];
  /** The connections that a retry is about; the others cannot be chosen then. Empty in any other form. */
  retried: readonly string[];
  error: string | null;
  onChange: (chosen: readonly string[]) => void;
}

/** Which vendors: every connection the partner could use; what cannot be chosen stays visible with the reason. */
export function ConnectionChoice({ connections, partnerName, chosen, retried, error, onChange }: Props) {
  const t = useTranslations('onboarding.form');
  const errorId = useId();
  return (
    <FormSection id="vendors" title={t('vendors')} description={t('vendorsHelp')}>
      <div data-wide id={fieldId('vendors')} tabIndex={-1}>
        {connections.length === 0 ? (
          <EmptyState title={t('noConnections', { partner: partnerName })}>{t('noConnectionsHelp')}</EmptyState>
        ) : (
          <fieldset className={classes.connections} aria-describedby={error === null ? undefined : errorId}>
            <legend className="visually-hidden">{t('vendors')}</legend>
            {connections.map((connection) => (
              <ConnectionBox
                key={connection.connectionId}
                connection={connection}
                partnerName={partnerName}
                checked={chosen.includes(connection.connectionId)}
                retried={retried}
                last={chosen.length === 1}
                onChange={(on) =>
                  onChange(
                    on
                      ? [...chosen, connection.connectionId]
                      : chosen.filter((connectionId) => connectionId !== connection.connectionId),
                  )
                }
              />
            ))}
          </fieldset>
        )}
        {error !== null && (
          <p id={errorId} className={classes.error}>
            {error}
          </p>
        )}
      </div>
    </FormSection>
  );
}

interface BoxProps {
  connection: FormConnection;
  partnerName: string;
  checked: boolean;
  retried: readonly string[];
  /** Nothing else is chosen of what a retry is about. */
  last: boolean;
  onChange: (on: boolean) => void;
}

function ConnectionBox({ connection, partnerName, checked, retried, last, onChange }: BoxProps) {
  const t = useTranslations('onboarding.form');
  const vendor = useVendorName()(connection.vendor);
  const id = useId();
  const isRetried = retried.includes(connection.connectionId);
  const other = retried.length > 0 && !isRetried;
  const reason =
    connection.unusable !== null
      ? t(`unusable.${connection.unusable}`, { owner: connection.ownerName })
      : other
        ? t('retryOnly', { count: retried.length })
        : null;
  return (
    <label className={classes.connection} data-disabled={reason !== null || undefined}>
      <input
        type="checkbox"
        checked={checked}
        // A retry without a connection would be about nothing.
        disabled={(reason !== null && !checked) || (isRetried && checked && last)}
        aria-describedby={id}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span className={classes.connectionWords}>
        <span className={classes.connectionName}>
          {connection.name}
          {connection.sandbox && <Badge tone="amber">{t('sandbox')}</Badge>}
        </span>
        <span id={id} className={classes.connectionDetail}>
          {vendor}
          {connection.shared &&
            connection.ownerName !== partnerName &&
            ` · ${t('owner', { owner: connection.ownerName })}`}
          {connection.mappingName !== null && ` · ${t('mappedTo', { name: connection.mappingName })}`}
          {reason !== null && <span className={classes.reason}>{reason}</span>}
          {reason === null && connection.resting && <span className={classes.reason}>{t('resting', { vendor })}</span>}
        </span>
      </span>
    </label>
  );
}
