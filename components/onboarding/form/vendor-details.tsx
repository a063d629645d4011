'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FormSection } from '@/components/form/form-section';
import type { SelectOption } from '@/components/form/select-field';
import type { SectionHandle, VendorAnswer } from '@/components/vendors/section-props';
import { vendorSection } from '@/components/vendors/vendor-sections';
import type { FormConnection, FormService } from '@/lib/onboarding/form-start';
import type { ActionResult } from '@/lib/result';
import { catalogEntry } from '@/lib/vendors/catalog';
import type { CustomerFacts, Json, LintFinding } from '@/lib/vendors/vendor';
import { useFindingWords, useVendorName } from '../vendor-words';
import { RememberedNote } from './remembered-note';
import { useStable } from './use-stable';
import type { ChangeServices } from './vendor-services';

/** Loaded for a vendor that has some. */
const VendorServices = dynamic(() => import('./vendor-services').then((module) => module.VendorServices), {
  // Without it the whole page would wait for it.
  loading: () => null,
});

interface Props {
  connection: FormConnection;
  initial: Json;
  partnerId: string;
  initialSecrets: Readonly<Record<string, string>>;
  facts: CustomerFacts;
  countries: readonly SelectOption[];
  timeZone: string;
  answers: readonly VendorAnswer[];
  lint: (connection: FormConnection, input: Json) => readonly LintFinding[];
  onChange: (connectionId: string, input: Json) => void;
  onInitialSecrets: (connectionId: string, secrets: Readonly<Record<string, string>>) => void;
  /** By connection id; of its services `<connection id>.services`. */
  onReady: (key: string, handle: SectionHandle | null) => void;
  services: readonly FormService[];
  lintService: (connection: FormConnection, index: number, input: Json) => readonly LintFinding[];
  onServices: ChangeServices;
  /** Fields that the section opened with as last time. */
  remembered: readonly string[];
  /** Forgets them, here and for the next form; empties them. */
  onForget: (connectionId: string) => Promise<ActionResult<unknown>>;
  /** The first of several is where the step "Details" leads. */
  anchor: boolean;
}

/** What one chosen vendor alone needs. */
export function VendorDetails({
  connection,
  initial,
  partnerId,
  initialSecrets,
  facts,
  countries,
  timeZone,
  answers,
  lint,
  onChange,
  onInitialSecrets,
  onReady,
  services,
  lintService,
  onServices,
  remembered,
  onForget,
  anchor,
}: Props) {
  const t = useTranslations('onboarding.form');
  const findingWords = useFindingWords();
  const vendor = useVendorName()(connection.vendor);
  const Section = vendorSection(connection.vendor);
  const change = useStable((input: Json) => onChange(connection.connectionId, input));
  const changeSecrets = useStable((secrets: Readonly<Record<string, string>>) =>
    onInitialSecrets(connection.connectionId, secrets),
  );
  const ready = useStable((handle: SectionHandle | null) => onReady(connection.connectionId, handle));
  const [round, setRound] = useState(0);
  const [opened] = useState(remembered);
  const rules = useStable((input: Json) => lint(connection, input));
  return (
    <FormSection
      {...(anchor ? { id: 'details' } : {})}
      title={connection.name}
      description={connection.name === vendor ? t('detailsHelp') : t('detailsOf', { vendor })}
    >
      <div data-wide>
        {opened.length > 0 && (
          <RememberedNote
            vendor={connection.vendor}
            fields={opened}
            onForget={async () => {
              const result = await onForget(connection.connectionId);
              // A section reads what it begins with once: with emptied fields it begins anew.
              if (result.ok) setRound((before) => before + 1);
              return result;
            }}
          />
        )}
        {Section === null ? (
          <p>{t('noSection', { vendor })}</p>
        ) : (
          <Section
            key={round}
            connection={connection}
            initial={initial}
            partnerId={partnerId}
            initialSecrets={initialSecrets}
            onInitialSecrets={changeSecrets}
            facts={facts}
            countries={countries}
            timeZone={timeZone}
            answers={answers}
            lint={rules}
            findingWords={findingWords}
            onChange={change}
            onReady={ready}
          />
        )}
        {catalogEntry(connection.vendor)?.services !== undefined && (
          <VendorServices
            connection={connection}
            services={services}
            lint={lintService}
            onChange={onServices}
            onReady={onReady}
          />
        )}
      </div>
    </FormSection>
  );
}
