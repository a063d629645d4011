'use server';

import { actorAction } from '@/lib/actions/actor-action';
import { addPartner } from '@/lib/partners/add-partner';
import { movePartner } from '@/lib/partners/move-partner';
import {
  addPartnerSchema,
  movePartnerSchema,
  renamePartnerSchema,
  seenPartnerSchema,
} from '@/lib/partners/partner-schema';
import { renamePartner } from '@/lib/partners/rename-partner';
import { disablePartner, enablePartner } from '@/lib/partners/set-partner-disabled';

export const addPartnerAction = actorAction('partners.add', addPartnerSchema, ({ actor, input }) =>
  addPartner(actor, input),
);

export const renamePartnerAction = actorAction('partners.rename', renamePartnerSchema, ({ actor, input }) =>
  renamePartner(actor, input),
);

export const disablePartnerAction = actorAction('partners.disable', seenPartnerSchema, async ({ actor, input }) => {
  await disablePartner(actor, input);
  return null;
});

export const enablePartnerAction = actorAction('partners.enable', seenPartnerSchema, async ({ actor, input }) => {
  await enablePartner(actor, input);
  return null;
});

export const movePartnerAction = actorAction('partners.move', movePartnerSchema, async ({ actor, input }) => {
  await movePartner(actor, input);
  return null;
});
