'use client';

import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import type { TreeStart } from '@/lib/partners/partner-node';
import { PlainField } from '../form/plain-field';
import classes from './partners.module.css';
import { type Found, useFound } from './use-found';

const PartnerTree = dynamic(() => import('./partner-tree').then((module) => module.PartnerTree), {
  ssr: false,
  loading: () => <div className={classes.tree} aria-hidden />,
});

interface Props {
  start: TreeStart;
  chosenId: string;
  /** The chosen partner. */
  children: ReactNode;
}

const width = { least: 220, usual: 340, most: 640, step: 20 } as const;
const within = (asked: number) => Math.max(width.least, Math.min(width.most, Math.round(asked)));

/** The tree with its search at the left, the chosen partner at the right, and the line between them, which moves. */
export function TreePanel({ start, chosenId, children }: Props) {
  const t = useTranslations('partners.tree');
  const [text, setText] = useState('');
  const [wide, setWide] = useState<number>(width.usual);
  const panel = useRef<HTMLElement>(null);
  const found = useFound(text);

  function onKeyDown({ key }: KeyboardEvent) {
    if (key === 'ArrowLeft') setWide((now) => within(now - width.step));
    if (key === 'ArrowRight') setWide((now) => within(now + width.step));
  }

  function onPointerMove(event: PointerEvent) {
    const left = panel.current?.getBoundingClientRect().left;
    if (left !== undefined && event.currentTarget.hasPointerCapture(event.pointerId))
      setWide(within(event.clientX - left));
  }

  return (
    <div className={classes.split}>
      <section ref={panel} aria-label={t('panel')} className={classes.panel} style={{ flexBasis: wide }}>
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
          <PartnerTree start={start} chosenId={chosenId} />
        </div>
        {found !== null && <Results found={found} onOpen={() => setText('')} />}
      </section>
      {/* biome-ignore lint/a11y/useSemanticElements: a line that moves is no <hr>. */}
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={t('resize')}
        aria-valuenow={wide}
        aria-valuemin={width.least}
        aria-valuemax={width.most}
        tabIndex={0}
        className={classes.divider}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
      />
      <div className={classes.pane}>{children}</div>
    </div>
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
            <Link href={`/partners?partner=${partnerId}`} prefetch={false} scroll={false} onClick={onOpen}>
              <bdi className={classes.resultName}>{name}</bdi>
              <bdi className={classes.resultPath}>{[...above, key].join(' › ')}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
