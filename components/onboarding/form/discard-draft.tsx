'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import type { ActionResult } from '@/lib/result';

const ConfirmDialog = dynamic(() => import('@/components/form/confirm-dialog').then((module) => module.ConfirmDialog), {
  ssr: false,
});

interface Props {
  onDiscard: () => Promise<ActionResult<unknown>>;
  onClose: () => void;
}

/** Throws away what was typed, after asking. Render it beside the form: its dialog holds a form of its own. */
export function DiscardDraft({ onDiscard, onClose }: Props) {
  const t = useTranslations('onboarding.draft');
  return (
    <ConfirmDialog
      title={t('discardTitle')}
      confirm={t('discardConfirm')}
      look="danger"
      onClose={onClose}
      act={onDiscard}
    >
      <p>{t('discardText')}</p>
    </ConfirmDialog>
  );
}
