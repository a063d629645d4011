'use client';

import { IconPlugConnected } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import type { ActionFailure, ActionResult } from '@/lib/result';
import { announce } from '../display/announce';
import { notify } from '../display/notify';
import { BusyButton } from '../form/busy-button';
import { FormError } from '../form/form-error';

interface Props {
  connectionId: string;
  test: (input: { connectionId: string }) => Promise<ActionResult<{ ok: boolean }>>;
}

/** Tests the connection; what came of it appears beside it, as the page keeps it. */
export function TestButton({ connectionId, test }: Props) {
  const t = useTranslations('connections.test');
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [loading, startLoading] = useTransition();
  const [failure, setFailure] = useState<ActionFailure | null>(null);

  async function run() {
    setBusy(true);
    setFailure(null);
    const result = await test({ connectionId }).catch((): ActionFailure => ({ ok: false, code: 'unexpected' }));
    setBusy(false);
    if (!result.ok) {
      setFailure(result);
      return;
    }
    startLoading(() => router.refresh());
    if (result.value.ok) notify({ kind: 'success', title: t('announceOk') });
    else announce(t('announceFailed'));
  }

  return (
    <>
      <BusyButton
        busy={busy || loading}
        working={t('working')}
        icon={<IconPlugConnected size={16} aria-hidden />}
        onClick={() => void run()}
      >
        {t('button')}
      </BusyButton>
      {failure !== null && (
        <div style={{ flexBasis: '100%' }}>
          <FormError result={failure} />
        </div>
      )}
    </>
  );
}
