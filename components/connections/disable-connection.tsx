'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ActionResult } from '@/lib/result';
import { Button } from '../display/button';
import { notify } from '../display/notify';
import { Section } from '../display/section';
import classes from './connections.module.css';

const ConfirmDialog = dynamic(() => import('../form/confirm-dialog').then((module) => module.ConfirmDialog), {
  ssr: false,
});

interface Seen {
  readonly connectionId: string;
  readonly version: number;
}

interface Props {
  connection: Seen & { readonly name: string; readonly shared: boolean; readonly disabled: boolean };
  disable: (input: Seen) => Promise<ActionResult<null>>;
  enable: (input: Seen) => Promise<ActionResult<null>>;
}

/** Takes a connection out of use or back into it, after saying what that means. */
export function DisableConnection({ connection, disable, enable }: Props) {
  const t = useTranslations('connections.use');
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const { connectionId, version, name, disabled } = connection;
  const shared = connection.shared ? 'yes' : 'no';

  async function act() {
    const result = await (disabled ? enable : disable)({ connectionId, version });
    if (result.ok) {
      notify({ kind: 'success', title: t(disabled ? 'enabled' : 'disabled', { name }) });
      router.refresh();
    }
    return result;
  }

  return (
    <Section title={t('title')} framed>
      <div className={classes.act}>
        <p>{t(disabled ? 'enableAbout' : 'disableAbout')}</p>
        <Button look={disabled ? 'default' : 'danger'} onClick={() => setOpen(true)}>
          {t(disabled ? 'enable' : 'disable')}
        </Button>
      </div>
      {open && (
        <ConfirmDialog
          title={t(disabled ? 'enableTitle' : 'disableTitle', { name })}
          confirm={t(disabled ? 'enable' : 'disable')}
          working={t(disabled ? 'enabling' : 'disabling')}
          look={disabled ? 'primary' : 'danger'}
          onClose={() => setOpen(false)}
          act={act}
        >
          <p>{t(disabled ? 'enableText' : 'disableText', { shared })}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}
