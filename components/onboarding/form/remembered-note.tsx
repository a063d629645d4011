'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import type { ActionResult } from '@/lib/result';
import type { VendorKey } from '@/lib/vendors/vendor';
import { useFieldWords } from '../vendor-words';
import classes from './form.module.css';

interface Props {
  vendor: VendorKey;
  /** The fields that hold what was chosen last time. */
  fields: readonly string[];
  onForget: () => Promise<ActionResult<unknown>>;
}

type State = 'remembered' | 'forgetting' | 'forgotten' | 'failed';

/** Says which fields of a section are as last time, and forgets them when asked. */
export function RememberedNote({ vendor, fields, onForget }: Props) {
  const t = useTranslations('onboarding.form.remembered');
  const format = useFormatter();
  const fieldWords = useFieldWords();
  // As the section opened: what is typed over it afterwards is nothing to speak of.
  const [names] = useState(() => format.list(fields.map((field) => fieldWords(vendor, field) ?? field)));
  const [state, setState] = useState<State>('remembered');
  const note = useRef<HTMLParagraphElement>(null);

  async function forget() {
    setState('forgetting');
    const result = await onForget();
    setState(result.ok ? 'forgotten' : 'failed');
    // The button that had the focus is gone.
    if (result.ok) note.current?.focus();
  }

  return (
    <p ref={note} tabIndex={-1} className={classes.remembered} role="status">
      {state === 'forgotten' ? (
        t('forgotten')
      ) : (
        <>
          {t('asLastTime', { fields: names })}{' '}
          <button
            type="button"
            className={classes.link}
            disabled={state === 'forgetting'}
            onClick={() => void forget()}
          >
            {t('forget')}
          </button>
          {state === 'failed' && ` ${t('failed')}`}
        </>
      )}
    </p>
  );
}
