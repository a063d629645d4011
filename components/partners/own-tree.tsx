'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import type { PartnerNode, TreeStart } from '@/lib/partners/partner-node';
import { fetchChildren } from './fetch-partners';
import { PartnerTree } from './partner-tree';
import { pageTowards } from './tree-rows';
import type { ReadLevel } from './use-levels';

const readLevel: ReadLevel<PartnerNode> = (parentId, { level, index }) =>
  fetchChildren(parentId, pageTowards(level, index));

/** The tree of our own partners: choosing one opens its page beside it. */
export function OwnTree({ start, chosenId }: { start: TreeStart; chosenId: string }) {
  const t = useTranslations('partners');
  const router = useRouter();
  const [going, startGoing] = useTransition();
  return (
    <PartnerTree
      start={start}
      chosenId={chosenId}
      label={t('tree.label')}
      readLevel={readLevel}
      wordOf={({ disabled, kind }) => (disabled ? t('disabled') : kind === 'reseller' ? '' : t(`kind.${kind}`))}
      going={going}
      onChoose={({ partnerId }) => startGoing(() => router.push(`/partners?partner=${partnerId}`, { scroll: false }))}
    />
  );
}
