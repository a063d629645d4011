'use client';

import { useDebouncedValue } from '@mantine/hooks';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { Button } from '@/components/display/button';
import { Moment } from '@/components/display/moment';
import { PlainField } from '@/components/form/plain-field';
import { QueryProvider } from '@/components/theme/query-provider';
import { type PartnerLevel, partnerLevels, rankOf } from '@/lib/vendors/cove/vocabulary';
import type { Json, LookupOption } from '@/lib/vendors/vendor';
import classes from '../section.module.css';
import { useLookup } from '../use-lookup';
import tree from './parent-tree.module.css';

/** A parent as it is chosen: its id, and what the tree says of it. */
export interface Parent {
  readonly parentId: string;
  readonly name: string;
  readonly level: string;
}

interface Props {
  connectionId: string;
  partnerId: string;
  timeZone: string;
  /** What the top of the tree is called: the mapping, or the connection's own partner. */
  root: string;
  picked: string;
  /** Of the new customer: its parent has to be above it. */
  level: PartnerLevel;
  onPick: (parent: Parent) => void;
  onType: (parentId: string) => void;
}

/** As many as the vendor's look-up answers at once. */
const shownAtOnce = 100;

/** Cove's tree, one level at a time, read when it is opened; a search finds what a long level does not show. */
export function ParentTree(props: Props) {
  return (
    <QueryProvider>
      <Tree {...props} />
    </QueryProvider>
  );
}

function Tree({ connectionId, partnerId, timeZone, root, picked, level, onPick, onType }: Props) {
  const t = useTranslations('cove');
  const [path, setPath] = useState<readonly { readonly value: string; readonly label: string }[]>([]);
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 250);
  const heading = useRef<HTMLParagraphElement>(null);
  const here = path.at(-1);
  const name = here?.label ?? root;
  const { options, readAt, loading, failure, again } = useLookup(connectionId, 'parents', {
    search,
    enabled: true,
    parent: here?.value ?? null,
    partnerId,
  });
  const go = (next: typeof path) => {
    setPath(next);
    setTyped('');
    // The button that was pressed is gone: the reader goes on at the new level's name.
    requestAnimationFrame(() => heading.current?.focus());
  };

  return (
    <div className={classes.group}>
      <nav aria-label={t('tree.path')} className={tree.path}>
        {path.length > 0 && (
          <Button size="sm" look="subtle" onClick={() => go([])}>
            {root}
          </Button>
        )}
        {path.slice(0, -1).map((one, place) => (
          <Button key={one.value} size="sm" look="subtle" onClick={() => go(path.slice(0, place + 1))}>
            {one.label}
          </Button>
        ))}
        <p ref={heading} tabIndex={-1} aria-current="location" className={classes.label}>
          {name}
        </p>
      </nav>
      <PlainField
        label={t('tree.search', { name })}
        type="search"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <ul className={tree.list} aria-label={t('tree.list', { name })} aria-busy={loading}>
        {options.map((option) => (
          <Node
            key={option.value}
            option={option}
            picked={option.value === picked}
            below={level}
            onOpen={() => go([...path, { value: option.value, label: option.label }])}
            onPick={() => onPick({ parentId: option.value, name: option.label, level: levelOf(option.data) ?? '' })}
          />
        ))}
      </ul>
      <p className={classes.below} role="status">
        {loading
          ? t('tree.reading')
          : failure !== null
            ? failure === ''
              ? t('tree.failed')
              : failure
            : options.length === 0
              ? t(search === '' ? 'tree.empty' : 'tree.nothing', { name })
              : options.length >= shownAtOnce && t('tree.many', { count: options.length })}{' '}
        {failure !== null && !loading && (
          <button type="button" className={classes.link} onClick={again}>
            {t('tree.again')}
          </button>
        )}
        {readAt !== null && failure === null && !loading && <Moment at={readAt} timeZone={timeZone} />}
      </p>
      <PlainField
        label={t('tree.typed')}
        inputMode="numeric"
        autoComplete="off"
        value={picked}
        onChange={(event) => onType(event.currentTarget.value.trim())}
      />
    </div>
  );
}

interface NodeProps {
  option: LookupOption;
  picked: boolean;
  /** Level of the new customer. */
  below: PartnerLevel;
  onOpen: () => void;
  onPick: () => void;
}

/** One partner: chosen, or opened. One that is not above the customer's level stays visible, with the reason. */
function Node({ option, picked, below, onOpen, onPick }: NodeProps) {
  const t = useTranslations('cove');
  const { label } = option;
  const level = levelOf(option.data);
  const tooLow = level !== null && (rankOf(level) ?? 0) >= (rankOf(below) ?? 0);
  return (
    <li className={tree.node}>
      <span className={classes.grow}>
        <span className={classes.value}>{label}</span>{' '}
        <span className={classes.hint}>
          {level !== null && t(`level.${level}`)}
          {tooLow && ` · ${t('tree.tooLow', { level: t(`level.${below}`) })}`}
        </span>
      </span>
      {hasChildren(option.data) && (
        <Button size="sm" look="subtle" aria-label={t('tree.openOf', { name: label })} onClick={onOpen}>
          {t('tree.open')}
        </Button>
      )}
      {picked ? (
        <span className={classes.hint}>{t('tree.chosen')}</span>
      ) : (
        <Button size="sm" disabled={tooLow} aria-label={t('tree.pickOf', { name: label })} onClick={onPick}>
          {t('tree.pick')}
        </Button>
      )}
    </li>
  );
}

function levelOf(data: Json | undefined): PartnerLevel | null {
  if (typeof data !== 'object' || data === null || !('level' in data)) return null;
  return partnerLevels.find((one) => one === data.level) ?? null;
}

function hasChildren(data: Json | undefined): boolean {
  return typeof data === 'object' && data !== null && 'hasChildren' in data && data.hasChildren === true;
}
