'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import type { Role } from '@/lib/auth/permissions';
import type { ActionResult } from '@/lib/result';
import type { GrantInput } from '@/lib/users/user-schema';
import { Button } from '../display/button';
import { notify } from '../display/notify';
import { Section } from '../display/section';
import { DataTable } from '../table/data-table';

const ConfirmDialog = dynamic(() => import('../form/confirm-dialog').then((module) => module.ConfirmDialog), {
  ssr: false,
});
const GrantDialog = dynamic(() => import('./grant-dialog').then((module) => module.GrantDialog), { ssr: false });

interface Grant {
  readonly role: Role;
  readonly partnerId: string;
  readonly partnerName: string;
}

interface Props {
  user: { readonly id: string; readonly name: string };
  grants: readonly Grant[];
  /** May the actor change them? */
  manage: boolean;
  empty: ReactNode;
  add: (input: GrantInput) => Promise<ActionResult<null>>;
  remove: (input: GrantInput) => Promise<ActionResult<null>>;
}

/** A user's roles within the branch, to be given and taken away. */
export function UserGrants({ user, grants, manage, empty, add, remove }: Props) {
  const t = useTranslations('users');
  const router = useRouter();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Grant | null>(null);
  const { id: userId, name } = user;

  function settle(result: ActionResult<null>, title: string): ActionResult<null> {
    if (result.ok) {
      notify({ kind: 'success', title });
      router.refresh();
    }
    return result;
  }

  const words = ({ role, partnerName }: Grant) => ({ name, role: t(`role.${role}`), partner: partnerName });

  return (
    <Section
      title={t('record.grants')}
      description={t('record.grantsDescription')}
      action={manage ? <Button onClick={() => setAdding(true)}>{t('grant.add')}</Button> : null}
    >
      <DataTable
        caption={t('record.grantsCaption', { name })}
        columns={[
          { key: 'role', header: t('record.grantRole') },
          { key: 'partner', header: t('record.grantPartner') },
          { key: 'may', header: t('record.grantMay') },
          ...(manage ? [{ key: 'act', header: t('grant.act'), align: 'right' as const }] : []),
        ]}
        rows={grants.map((grant) => ({
          id: `${grant.role} ${grant.partnerId}`,
          cells: {
            role: t(`role.${grant.role}`),
            partner: grant.partnerName,
            may: t(`record.may.${grant.role}`),
            act: (
              <Button
                size="sm"
                look="subtle"
                aria-label={t('grant.removeOf', words(grant))}
                onClick={() => setRemoving(grant)}
              >
                {t('grant.remove')}
              </Button>
            ),
          },
        }))}
        empty={empty}
      />
      {adding && (
        <GrantDialog
          name={name}
          onClose={() => setAdding(false)}
          act={async (role, partner) =>
            settle(
              await add({ userId, role, partnerId: partner.partnerId }),
              t('grant.added', { name, role: t(`role.${role}`), partner: partner.name }),
            )
          }
        />
      )}
      {removing !== null && (
        <ConfirmDialog
          title={t('grant.removeTitle', words(removing))}
          confirm={t('grant.removeConfirm')}
          working={t('grant.working')}
          look="danger"
          onClose={() => setRemoving(null)}
          act={async () => {
            const { role, partnerId } = removing;
            return settle(await remove({ userId, role, partnerId }), t('grant.removed', words(removing)));
          }}
        >
          <p>{t('grant.removeText', { ...words(removing), last: grants.length === 1 ? 'yes' : 'no' })}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}
