'use client';

import { useTranslations } from 'next-intl';
import { FormSection } from '@/components/form/form-section';
import type { SelectOption } from '@/components/form/select-field';
import type { SectionHandle, VendorAnswer } from '@/components/vendors/section-props';
import { vendorSection } from '@/components/vendors/vendor-sections';
import type { FormConnection } from '@/lib/onboarding/form-start';
import type { CustomerFacts, Json, LintFinding } from '@/lib/vendors/vendor';
import { useFindingWords, useVendorName } from '../vendor-words';
import { useStable } from './use-stable';

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
  onReady: (connectionId: string, handle: SectionHandle | null) => void;
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
  const rules = useStable((input: Json) => lint(connection, input));
  return (
    <FormSection
      {...(anchor ? { id: 'details' } : {})}
      title={connection.name}
      description={connection.name === vendor ? t('detailsHelp') : t('detailsOf', { vendor })}
    >
      <div data-wide>
        {Section === null ? (
          <p>{t('noSection', { vendor })}</p>
        ) : (
          <Section
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
      </div>
    </FormSection>
  );
}
