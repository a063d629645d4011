'use client';

import { IconLogout } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ActionResult } from '@/lib/result';
import { BusyButton } from '../form/busy-button';

/** Ends this session and goes to the sign-in page, as a whole new document. */
export function SignOutButton({ act }: { act: (input: Record<string, never>) => Promise<ActionResult<null>> }) {
  const t = useTranslations('account');
  const [busy, setBusy] = useState(false);

  async function leave() {
    setBusy(true);
    // Signed out already, or no answer: the sign-in page knows which of both.
    await act({}).catch(() => null);
    window.location.assign('/sign-in');
  }

  return (
    <BusyButton
      busy={busy}
      working={t('signingOut')}
      icon={<IconLogout size={16} aria-hidden />}
      onClick={() => void leave()}
    >
      {t('signOut')}
    </BusyButton>
  );
}
