'use client';

import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import classes from './copyable-id.module.css';
import { shortenId } from './shorten-id';
import { Tip } from './tip';
import { useCopy } from './use-copy';

interface Props {
  id: string;
  /** What the id is, in words: "correlation id". Read out, and said when it is copied. */
  label: string;
  /** Shows both ends of a long id, the whole on hover and focus. Default true. */
  shorten?: boolean;
}

/** An id that copies itself when clicked. */
export function CopyableId({ id, label, shorten = true }: Props) {
  const t = useTranslations('display.copy');
  const { copied, copy } = useCopy(label);
  const shown = shorten ? shortenId(id) : id;
  return (
    <Tip content={<span className="mono">{id}</span>}>
      {(wiring) => (
        <button
          type="button"
          className={classes.copy}
          data-copied={copied || undefined}
          onClick={() => void copy(id)}
          {...wiring}
        >
          <span className="visually-hidden">{t('action', { label })} </span>
          <span className={`${classes.id} ${shorten ? classes.short : ''}`}>{shown}</span>
          {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
        </button>
      )}
    </Tip>
  );
}
