'use client';

import { IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { announce } from '@/components/display/announce';
import { Button } from '@/components/display/button';
import type { SectionHandle } from '@/components/vendors/section-props';
import type { FormConnection, FormService } from '@/lib/onboarding/form-start';
import { mostServices } from '@/lib/onboarding/submission';
import { catalogEntry } from '@/lib/vendors/catalog';
import type { Json, LintFinding } from '@/lib/vendors/vendor';
import { useVendorName } from '../vendor-words';
import { focusField } from './focus-field';
import { useStable } from './use-stable';
import { ServiceItem } from './vendor-service';
import classes from './vendor-services.module.css';

/** Makes of the services of a connection what they are to be. */
export type ChangeServices = (
  connectionId: string,
  toNext: (services: readonly FormService[]) => readonly FormService[],
  when?: 'once',
) => void;

interface Props {
  connection: FormConnection;
  services: readonly FormService[];
  lint: (connection: FormConnection, index: number, input: Json) => readonly LintFinding[];
  onChange: ChangeServices;
  onReady: (key: string, handle: SectionHandle | null) => void;
}

/** What the customer gets at this vendor besides: each service a form of its own in a list; none by default. */
export function VendorServices({ connection, services, lint, onChange, onReady }: Props) {
  const t = useTranslations('onboarding.form.services');
  const { connectionId } = connection;
  const vendor = useVendorName()(connection.vendor);
  const { round, add, remove, change } = useServices(connection, onChange);
  const items = useRef(new Map<number, SectionHandle>());
  useEffect(() => {
    const key = `${connectionId}.services`;
    onReady(key, {
      showErrors: () => {
        for (const handle of items.current.values()) handle.showErrors();
      },
    });
    return () => onReady(key, null);
  }, [connectionId, onReady]);
  const ready = useStable((index: number, handle: SectionHandle | null) => {
    if (handle === null) items.current.delete(index);
    else items.current.set(index, handle);
  });
  const isFull = services.length >= mostServices;
  return (
    <section className={classes.services} aria-label={t('titleAt', { connection: connection.name })}>
      {/* Above the list: a rule that shows itself when a field is left would push a button below away from under the click. */}
      <div className={classes.head}>
        <h3>{t('title')}</h3>
        <Button
          id={addId(connectionId)}
          size="sm"
          icon={<IconPlus size={16} aria-hidden />}
          disabled={isFull}
          aria-label={t('addAt', { connection: connection.name })}
          onClick={() => add(services.length)}
        >
          {t('add')}
        </Button>
      </div>
      <p className={classes.help}>
        {t('help', { vendor })} {isFull && t('full', { most: mostServices })}
      </p>
      {services.length > 0 && (
        <ul className={classes.list}>
          {services.map((service, index) => (
            <ServiceItem
              // A removed one moves those behind it up: they begin anew under their new place.
              // biome-ignore lint/suspicious/noArrayIndexKey: its place is what its fields are named by.
              key={`${round}.${index}`}
              at={`${connectionId}.services.${index}`}
              connection={connection}
              service={service}
              lint={(input) => lint(connection, index, input)}
              onChange={(input) => change(index, input)}
              onRemove={() => remove(index)}
              onReady={(handle) => ready(index, handle)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

const addId = (connectionId: string) => `add-service-${connectionId}`;

/** Adds, removes and changes services where the form keeps them: as of now, not as of the last drawing. */
function useServices({ connectionId, vendor }: FormConnection, onChange: Props['onChange']) {
  const t = useTranslations('onboarding.form.services');
  const [round, setRound] = useState(0);
  return {
    round,
    add: (at: number) => {
      const input = catalogEntry(vendor)?.services?.emptyInput ?? {};
      onChange(connectionId, (services) => [...services, { input, retryOf: null }], 'once');
      requestAnimationFrame(() => focusField(`${connectionId}.services.${at}`));
    },
    remove: (index: number) => {
      onChange(connectionId, (services) => services.toSpliced(index, 1), 'once');
      setRound((before) => before + 1);
      announce(t('removed'));
      requestAnimationFrame(() => document.getElementById(addId(connectionId))?.focus());
    },
    change: (index: number, input: Json) =>
      onChange(connectionId, (services) => services.map((one, at) => (at === index ? { ...one, input } : one))),
  };
}
