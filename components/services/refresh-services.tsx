'use client';

import { IconRefresh } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Notice } from '@/components/display/notice';
import { notify } from '@/components/display/notify';
import { BusyButton } from '@/components/form/busy-button';
import { FormError } from '@/components/form/form-error';
import { useProblemWords } from '@/components/onboarding/vendor-words';
import type { ActionFailure, ActionResult } from '@/lib/result';
import type { ServiceRefresh } from '@/lib/services/service-plan-view';
import type { VendorProblem } from '@/lib/vendors/vendor';

interface Props {
  customerId: string;
  connectionId: string;
  connectionName: string;
  vendorName: string;
  refresh: (input: { customerId: string; connectionId: string }) => Promise<ActionResult<ServiceRefresh>>;
}

/** Reads a customer's services at the vendor anew; what could not be read stays as it was, and says so. */
export function RefreshServices({ customerId, connectionId, connectionName, vendorName, refresh }: Props) {
  const t = useTranslations('services.list');
  const problemWords = useProblemWords();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [loading, startLoading] = useTransition();
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const [problem, setProblem] = useState<VendorProblem | null>(null);

  async function run() {
    setBusy(true);
    setFailure(null);
    setProblem(null);
    const result = await refresh({ customerId, connectionId }).catch(
      (): ActionFailure => ({ ok: false, code: 'unexpected' }),
    );
    setBusy(false);
    if (!result.ok) return setFailure(result);
    if (result.value.kind === 'failed') return setProblem(result.value.problem);
    notify({ kind: 'success', title: t('refreshed', { vendor: vendorName, count: result.value.count }) });
    startLoading(() => router.refresh());
  }

  return (
    <>
      <BusyButton
        size="sm"
        busy={busy || loading}
        working={t('refreshing', { vendor: vendorName })}
        icon={<IconRefresh size={14} aria-hidden />}
        aria-label={busy || loading ? undefined : t('refreshAt', { connection: connectionName })}
        onClick={() => void run()}
      >
        {t('refresh')}
      </BusyButton>
      {failure !== null && <FormError result={failure} />}
      {problem !== null && (
        <Notice kind="warning" title={t('failed', { vendor: vendorName })}>
          {problemWords(problem)}
        </Notice>
      )}
    </>
  );
}
