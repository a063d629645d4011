'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { announce } from './announce';
import { notify } from './notify';

/** Copies a text and says so: to the eye for a moment (`copied`), to screen readers in words. */
export function useCopy(label: string): { copied: boolean; copy: (text: string) => Promise<void> } {
  const t = useTranslations('display.copy');
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  async function copy(text: string) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Refused by the browser, or an installation over plain http.
      notify({ kind: 'error', title: t('failed') });
      return;
    }
    setCopied(true);
    announce(t('done', { label }));
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCopied(false), 1500);
  }
  return { copied, copy };
}
