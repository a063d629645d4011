import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { Messages } from '@/components/display/messages';
import { PageHeader } from '@/components/display/page-header';
import { PartnerActs } from '@/components/partners/partner-acts';
import { PartnerPane } from '@/components/partners/partner-pane';
import { TreePanel } from '@/components/partners/tree-panel';
import { NotFound } from '@/lib/errors';
import { actorPage } from '@/lib/pages/actor-page';
import { loadPartnersPage } from '@/lib/partners/get-partner';
import {
  addPartnerAction,
  disablePartnerAction,
  enablePartnerAction,
  movePartnerAction,
  renamePartnerAction,
} from './actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('partners');
  return { title: t('title') };
}

export default actorPage(
  '/partners',
  async ({ actor, search }) => {
    const chosen = z.uuid().optional().safeParse(search.partner);
    if (!chosen.success) throw new NotFound();
    return loadPartnersPage(actor, chosen.data ?? null);
  },
  async ({ tree, partner }, { actor }) => {
    const t = await getTranslations('partners');
    const { partnerId, version, name, kind, disabledAt, figures, may } = partner;
    const acts = may.manage ? (
      <PartnerActs
        key={partnerId}
        partner={{ partnerId, version, name, kind, disabled: disabledAt !== null, below: figures.below }}
        may={{ move: may.move, disable: may.disable }}
        add={addPartnerAction}
        rename={renamePartnerAction}
        move={movePartnerAction}
        disable={disablePartnerAction}
        enable={enablePartnerAction}
      />
    ) : null;
    return (
      <Messages only={['partners']}>
        <PageHeader title={t('title')} description={t('description')} />
        <TreePanel start={tree} chosenId={partnerId}>
          <PartnerPane partner={partner} timeZone={actor.timeZone} acts={acts} />
        </TreePanel>
      </Messages>
    );
  },
);
