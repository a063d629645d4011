'use client';

import { IconPlus } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../display/button';
import type { NewUserActs } from './new-user-dialog';

const NewUserDialog = dynamic(() => import('./new-user-dialog').then((module) => module.NewUserDialog), { ssr: false });

interface Props extends NewUserActs {
  /** The partner that is chosen from the start. */
  partner: { readonly partnerId: string; readonly name: string };
  timeZone: string;
}

/** Opens the dialog that adds a user. */
export function NewUserButton(props: Props) {
  const t = useTranslations('users.new');
  const router = useRouter();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="primary" icon={<IconPlus size={16} aria-hidden />} onClick={() => setOpen(true)}>
        {t('button')}
      </Button>
      {open && (
        <NewUserDialog
          {...props}
          onClose={() => {
            setOpen(false);
            router.refresh();
          }}
        />
      )}
    </>
  );
}
