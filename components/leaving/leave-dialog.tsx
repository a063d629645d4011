'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Button } from '../display/button';
import { Dialog } from '../display/dialog';
import classes from '../form/confirm-dialog.module.css';
import { answer } from './unsaved';

/** The question before something typed is lost. Escape keeps it. */
export function LeaveDialog({ text }: { text: string | null }) {
  const t = useTranslations('display.leave');
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  return (
    <Dialog title={t('title')} onClose={() => answer(false)}>
      <p>{text ?? t('text')}</p>
      <div className={classes.buttons}>
        <Button look="danger" onClick={() => answer(true)}>
          {t('discard')}
        </Button>
        <Button ref={keep} look="primary" onClick={() => answer(false)}>
          {t('keep')}
        </Button>
      </div>
    </Dialog>
  );
}
