'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import type { TreeStart } from '@/lib/partners/partner-node';
import { Link } from '../display/link';
import { PlainField } from '../form/plain-field';
import classes from './partners.module.css';
import { Split } from './split';
import { type Found, useFound } from './use-found';

const OwnTree = dynamic(() => import('./own-tree').then((module) => module.OwnTree), {
  ssr: false,
  loading: () => <div className={classes.tree} aria-hidden />,
});

interface Props {
  start: TreeStart;
  chosenId: string;
  /** The chosen partner. */
  children: ReactNode;
}

/** The tree with its search at the left, the chosen partner at the right, and the line between them, which moves. */
export function TreePanel({ start, chosenId, children }: Props) {
  const t = useTranslations('partners.tree');
  const [text, setText] = useState('');
  const found = useFound(text);
  return (
    <Split
      label={t('panel')}
      resize={t('resize')}
      panel={
        <>
          <PlainField
            type="search"
            label={t('search')}
            value={text}
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          {/* Out of sight, not gone: what is open in it stays open. */}
          <div hidden={found !== null} className={classes.whole}>
            <OwnTree start={start} chosenId={chosenId} />
          </div>
          {found !== null && <Results found={found} onOpen={() => setText('')} />}
        </>
      }
    >
      {children}
    </Split>
  );
}

function Results({ found: { query, found, more, failed }, onOpen }: { found: Found; onOpen: () => void }) {
  const t = useTranslations('partners.tree');
  return (
    <div>
      <p role="status" className={classes.hint}>
        {failed ? t('failed') : found.length === 0 ? t('nothing', { query }) : t('found', { count: found.length })}
        {more && ` ${t('more')}`}
      </p>
      <ul aria-label={t('results')} className={classes.results}>
        {found.map(({ partnerId, name, key, above }) => (
          <li key={partnerId}>
            <Link href={`/partners?partner=${partnerId}`} scroll={false} onClick={onOpen}>
              <bdi className={classes.resultName}>{name}</bdi>
              <bdi className={classes.resultPath}>{[...above, key].join(' › ')}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
