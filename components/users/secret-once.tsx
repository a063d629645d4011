'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '../display/button';
import { CopyButton } from '../display/copy-button';
import classes from './users.module.css';

interface Props {
  secret: string;
  /** What it is, in words: "password". */
  word: string;
  copy: string;
  /** That it is shown once, and what to do with it. */
  children: ReactNode;
  onClose: () => void;
}

/** A password or link that is shown once, here: the content of a dialog. */
export function SecretOnce({ secret, word, copy, children, onClose }: Props) {
  const t = useTranslations('users.link');
  return (
    <div className={classes.form}>
      <div className={classes.secret}>
        <code>{secret}</code>
        <CopyButton text={secret} label={word} size="sm">
          {copy}
        </CopyButton>
      </div>
      <p>{children}</p>
      <div className={classes.buttons}>
        <Button look="primary" onClick={onClose}>
          {t('close')}
        </Button>
      </div>
    </div>
  );
}
