'use client';

import { useDebouncedValue } from '@mantine/hooks';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { Button } from '@/components/display/button';
import { Moment } from '@/components/display/moment';
import { PlainField } from '@/components/form/plain-field';
import { QueryProvider } from '@/components/theme/query-provider';
import { type PartnerLevel, partnerLevels, rankOf } from '@/lib/vendors/cove/vocabulary';
import type { Json } from '@/lib/vendors/vendor';
import type { LookupOption } from '@/lib/vendors/vendor-lookups';
import classes from '../section.module.css';
import { useLookup } from '../use-lookup';
import tree from './parent-tree.module.css';
import { useRovingRows } from './use-roving-rows';

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

/** Cove's tree: one way down, whose last level is read when it is opened; a search finds what a long level does not show. */
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
  const here = path.at(-1);
  const name = here?.label ?? root;
  const { options, readAt, loading, failure, again } = useLookup(connectionId, 'parents', {
    search,
    enabled: true,
    parent: here?.value ?? null,
    partnerId,
  });
  const rows = [...[{ value: '', label: root }, ...path].map((one) => one.value), ...options.map((one) => one.value)];
  const { list, tabbable, focus, onKeyDown } = useRovingRows(rows);
  const go = (next: typeof path) => {
    setPath(next);
    setTyped('');
    // What was pressed may be gone: the reader goes on at the partner that is open now.
    focus(next.at(-1)?.value ?? '');
  };
  const acts = (event: KeyboardEvent, at: string) => {
    const depth = path.findIndex((one) => one.value === at);
    if (at === '' || depth >= 0) {
      // Open already: the way up leads to the partner above.
      if (event.key === 'ArrowLeft') go(path.slice(0, Math.max(0, depth)));
      return;
    }
    const option = options.find((one) => one.value === at);
    if (option === undefined) return;
    if (event.key === 'ArrowLeft') focus(here?.value ?? '');
    else if (event.key === 'ArrowRight') {
      if (hasChildren(option.data)) go([...path, { value: option.value, label: option.label }]);
    } else if (!isTooLow(option, level)) onPick(toParent(option));
  };

  return (
    <div className={classes.group}>
      <PlainField
        label={t('tree.search', { name })}
        type="search"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div
        ref={list}
        role="tree"
        className={tree.list}
        aria-label={t('tree.list', { name: root })}
        aria-busy={loading}
        onKeyDown={(event) => onKeyDown(event, acts)}
      >
        {[{ value: '', label: root }, ...path].map((one, depth) => (
          <Row key={one.value} id={one.value} depth={depth} expanded tabbable={tabbable === one.value}>
            {depth === path.length ? (
              <span className={classes.value}>{one.label}</span>
            ) : (
              <Button size="sm" look="subtle" tabIndex={-1} onClick={() => go(path.slice(0, depth))}>
                {one.label}
              </Button>
            )}
          </Row>
        ))}
        {options.map((option) => (
          <Row
            key={option.value}
            id={option.value}
            depth={path.length + 1}
            expanded={hasChildren(option.data) ? false : null}
            selected={option.value === picked}
            disabled={isTooLow(option, level)}
            tabbable={tabbable === option.value}
          >
            <Choice
              option={option}
              picked={option.value === picked}
              below={level}
              onOpen={() => go([...path, { value: option.value, label: option.label }])}
              onPick={() => onPick(toParent(option))}
            />
          </Row>
        ))}
      </div>
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
        {readAt !== null && failure === null && !loading && (
          <>
            {t('tree.readAt')} <Moment at={readAt} timeZone={timeZone} />
          </>
        )}
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

interface RowProps {
  id: string;
  /** Below the top, which is 0. */
  depth: number;
  /** Null where nothing is below it. */
  expanded: boolean | null;
  selected?: boolean;
  disabled?: boolean;
  tabbable: boolean;
  children: ReactNode;
}

/** One partner of the tree: the way down is open, its siblings of every level but the last are folded away. */
function Row({ id, depth, expanded, selected = false, disabled = false, tabbable, children }: RowProps) {
  return (
    <div
      role="treeitem"
      aria-level={depth + 1}
      aria-expanded={expanded ?? undefined}
      aria-selected={selected}
      aria-disabled={disabled || undefined}
      data-row={id}
      tabIndex={tabbable ? 0 : -1}
      className={tree.node}
      style={{ paddingInlineStart: 2 + depth * 16 }}
    >
      {children}
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

/** A partner that may be chosen, or opened. One that is not above the customer's level stays visible, with the reason. */
function Choice({ option, picked, below, onOpen, onPick }: NodeProps) {
  const t = useTranslations('cove');
  const { label } = option;
  const level = levelOf(option.data);
  const tooLow = isTooLow(option, below);
  return (
    <>
      <span className={classes.grow}>
        <span className={classes.value}>{label}</span>{' '}
        <span className={classes.hint}>
          {level !== null && t(`level.${level}`)}
          {tooLow && ` · ${t('tree.tooLow', { level: t(`level.${below}`) })}`}
        </span>
      </span>
      {hasChildren(option.data) && (
        <Button size="sm" look="subtle" tabIndex={-1} aria-label={t('tree.openOf', { name: label })} onClick={onOpen}>
          {t('tree.open')}
        </Button>
      )}
      {picked ? (
        <span className={classes.hint}>{t('tree.chosen')}</span>
      ) : (
        <Button
          size="sm"
          tabIndex={-1}
          disabled={tooLow}
          aria-label={t('tree.pickOf', { name: label })}
          onClick={onPick}
        >
          {t('tree.pick')}
        </Button>
      )}
    </>
  );
}

function isTooLow({ data }: LookupOption, below: PartnerLevel): boolean {
  const level = levelOf(data);
  return level !== null && (rankOf(level) ?? 0) >= (rankOf(below) ?? 0);
}

function toParent({ value, label, data }: LookupOption): Parent {
  return { parentId: value, name: label, level: levelOf(data) ?? '' };
}

function levelOf(data: Json | undefined): PartnerLevel | null {
  if (typeof data !== 'object' || data === null || !('level' in data)) return null;
  return partnerLevels.find((one) => one === data.level) ?? null;
}

function hasChildren(data: Json | undefined): boolean {
  return typeof data === 'object' && data !== null && 'hasChildren' in data && data.hasChildren === true;
}
