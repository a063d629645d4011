'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { PartnerKind } from '@/lib/partners/partner-node';
import type { AddPartnerInput, MovePartnerInput, RenamePartnerInput, SeenPartner } from '@/lib/partners/partner-schema';
import type { ActionResult } from '@/lib/result';
import { Button } from '../display/button';
import { notify } from '../display/notify';
import classes from './partners.module.css';

const ConfirmDialog = dynamic(() => import('../form/confirm-dialog').then((module) => module.ConfirmDialog), {
  ssr: false,
});
const AddDialog = dynamic(() => import('./add-dialog').then((module) => module.AddDialog), { ssr: false });
const RenameDialog = dynamic(() => import('./rename-dialog').then((module) => module.RenameDialog), { ssr: false });
const MoveDialog = dynamic(() => import('./move-dialog').then((module) => module.MoveDialog), { ssr: false });

interface Props {
  partner: {
    readonly partnerId: string;
    readonly version: number;
    readonly name: string;
    readonly kind: PartnerKind;
    readonly disabled: boolean;
    /** Partners below, at any depth. */
    readonly below: number;
  };
  may: { readonly move: boolean; readonly disable: boolean };
  add: (input: AddPartnerInput) => Promise<ActionResult<{ partnerId: string }>>;
  rename: (input: RenamePartnerInput) => Promise<ActionResult<{ version: number }>>;
  move: (input: MovePartnerInput) => Promise<ActionResult<null>>;
  disable: (input: SeenPartner) => Promise<ActionResult<null>>;
  enable: (input: SeenPartner) => Promise<ActionResult<null>>;
}

/** What an admin can do with the chosen partner: each opens a dialog that says what it does. */
export function PartnerActs({ partner, may, add, rename, move, disable, enable }: Props) {
  const t = useTranslations('partners');
  const router = useRouter();
  const [open, setOpen] = useState<'add' | 'rename' | 'move' | 'state' | null>(null);
  const { partnerId, version, name, disabled, below } = partner;
  const close = () => setOpen(null);

  /** After an act: says it, and shows the tree as it has become. What somebody else changed is shown as well. */
  function settle<Value>(result: ActionResult<Value>, title: string): ActionResult<Value> {
    if (result.ok) notify({ kind: 'success', title });
    if (result.ok || result.code === 'stale') router.refresh();
    return result.ok || result.code !== 'stale' ? result : { ...result, message: t('act.stale') };
  }

  return (
    <div className={classes.acts}>
      <Button onClick={() => setOpen('rename')}>{t('act.renameButton')}</Button>
      {may.move && <Button onClick={() => setOpen('move')}>{t('move.button')}</Button>}
      {(may.disable || disabled) && (
        <Button onClick={() => setOpen('state')}>{t(disabled ? 'act.enableButton' : 'act.disableButton')}</Button>
      )}
      <Button look="primary" onClick={() => setOpen('add')}>
        {t('act.addButton')}
      </Button>
      {open === 'add' && (
        <AddDialog
          parent={partner}
          onClose={close}
          act={async (input) => {
            const result = await add({ parentId: partnerId, ...input });
            if (result.ok) router.push(`/partners?partner=${result.value.partnerId}`, { scroll: false });
            return settle(result, t('act.added', { name: input.name, parent: name }));
          }}
        />
      )}
      {open === 'rename' && (
        <RenameDialog
          name={name}
          onClose={close}
          act={async (next) =>
            settle(await rename({ partnerId, version, name: next }), t('act.renamed', { name: next }))
          }
        />
      )}
      {open === 'move' && (
        <MoveDialog
          partner={partner}
          onClose={close}
          act={async (parentId, target) =>
            settle(await move({ partnerId, version, parentId }), t('move.done', { name, target }))
          }
        />
      )}
      {open === 'state' && (
        <ConfirmDialog
          title={t(disabled ? 'act.enableTitle' : 'act.disableTitle', { name })}
          confirm={t(disabled ? 'act.enable' : 'act.disable', { name })}
          working={t('act.working')}
          look={disabled ? 'primary' : 'danger'}
          onClose={close}
          act={async () =>
            settle(
              await (disabled ? enable : disable)({ partnerId, version }),
              t(disabled ? 'act.enabled' : 'act.disabled', { name }),
            )
          }
        >
          <p>{disabled ? t('act.enableText', { name }) : t('act.disableText', { name, below })}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
