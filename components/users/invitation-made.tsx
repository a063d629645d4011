'use client';

import { useTranslations } from 'next-intl';
import { Button } from '../display/button';
import { Moment } from '../display/moment';
import { Notice } from '../display/notice';
import { SecretOnce } from './secret-once';
import classes from './users.module.css';

/** A link as it was made: null when it went out by e-mail. */
export interface MadeLink {
  readonly link: string | null;
  readonly mailFailed: boolean;
  readonly expiresAt: string;
}

interface Props {
  name: string;
  made: MadeLink;
  timeZone: string;
  onClose: () => void;
}

/** What became of an invitation: on its way by e-mail, or the link, once. The content of a dialog. */
export function InvitationMade({ name, made, timeZone, onClose }: Props) {
  const t = useTranslations('users.link');
  const at = () => <Moment at={made.expiresAt} timeZone={timeZone} style="exact" />;
  if (made.link === null) {
    return (
      <div className={classes.form}>
        <p>{t.rich('mailed', { name, at })}</p>
        <div className={classes.buttons}>
          <Button look="primary" onClick={onClose}>
            {t('close')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <>
      {made.mailFailed && <Notice kind="warning" title={t('mailFailed')} />}
      <SecretOnce secret={made.link} word={t('word')} copy={t('copy')} onClose={onClose}>
        {t.rich('text', { name, at })}
      </SecretOnce>
    </>
  );
}
