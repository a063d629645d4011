'use client';

import { useTranslations } from 'next-intl';
import { LookupFailed } from '@/components/connections/fetch-lookup';
import { useLookupWords } from '@/components/connections/lookup-words';
import { Button } from '@/components/display/button';
import { Notice } from '@/components/display/notice';

interface Props {
  error: Error;
  vendor: string;
  onAgain: () => void;
}

/** Why the vendor could not be read, in words, and a way to try again. */
export function ReadFailure({ error, vendor, onAgain }: Props) {
  const t = useTranslations('vendor-partners');
  const words = useLookupWords();
  const isGone = error instanceof LookupFailed && error.code === 'not-found';
  return (
    <div role="alert">
      <Notice kind="error" title={t(isGone ? 'gone' : 'failed', { vendor })}>
        <p>{error instanceof LookupFailed ? words(error) : ''}</p>
        <p>
          <Button size="sm" onClick={onAgain}>
            {t('again')}
          </Button>
        </p>
      </Notice>
    </div>
  );
}
