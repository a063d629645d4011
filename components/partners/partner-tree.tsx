'use client';

import { IconChevronRight } from '@tabler/icons-react';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import classes from './partners.module.css';
import { findByTyping, lineOf, type NodeStart, type TreeNode, type TreeRow, toRows } from './tree-rows';
import { type ReadLevel, useLevels } from './use-levels';

interface Props<Node extends TreeNode> {
  start: NodeStart<Node>;
  chosenId: string;
  label: string;
  readLevel: ReadLevel<Node>;
  /** A word at the end of a line: what the partner is. */
  wordOf: (node: Node) => string;
  onChoose: (node: Node) => void;
  /** What was chosen is on its way. */
  going: boolean;
}

const rowHeight = 32;
/** Letters typed within this time belong together. */
const typingPauseMs = 600;

/**
 * The tree of partners: one line per partner that is open to be seen, of which only those in view are drawn. The keys are
 * those of the ARIA pattern; the focus stays on the tree and names its line (aria-activedescendant).
 */
export function PartnerTree<Node extends TreeNode>({
  start,
  chosenId,
  label,
  readLevel,
  wordOf,
  onChoose,
  going,
}: Props<Node>) {
  const t = useTranslations('partners');
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { levels, opened, failed, load, setOpen, again } = useLevels(start, readLevel);
  const rows = useMemo(() => toRows(levels, opened), [levels, opened]);
  const [active, setActive] = useState(() => lineOf(rows, chosenId) ?? 0);
  const typed = useRef({ text: '', at: 0 });
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    // The line that the tree names has to be there, wherever a mouse has scrolled to.
    rangeExtractor: (range) =>
      [...new Set([Math.min(active, rows.length - 1), ...defaultRangeExtractor(range)])].sort(
        (one, other) => one - other,
      ),
  });
  const items = virtual.getVirtualItems();

  const chosenLine = lineOf(rows, chosenId);
  // The page shows another partner, or the same one elsewhere: the tree goes there. Opening and closing does not move it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what the page brought counts, as above.
  useEffect(() => {
    if (chosenLine === null) return;
    setActive(chosenLine);
    virtual.scrollToIndex(chosenLine, { align: 'auto' });
  }, [chosenId, start.stamp, start.leadsTo]);

  const missing = items.map(({ index }) => rows[index]).find((row) => row?.node === null);
  useEffect(() => {
    if (!failed && missing?.parentId != null && missing.index !== null) load(missing.parentId, missing.index);
  }, [missing, failed, load]);

  function go(line: number) {
    const next = Math.max(0, Math.min(rows.length - 1, line));
    setActive(next);
    virtual.scrollToIndex(next, { align: 'auto' });
  }

  function choose(row: TreeRow<Node>) {
    if (row.node !== null) onChoose(row.node);
  }

  function toggle(line: number, row: TreeRow<Node>) {
    if (row.node === null || row.node.children === 0) return;
    setActive(line);
    setOpen(row.node.partnerId, !row.open);
  }

  function typeAhead(key: string) {
    const now = Date.now();
    const text = now - typed.current.at < typingPauseMs ? typed.current.text + key : key;
    typed.current = { text, at: now };
    // A first letter looks further; more of the same word may stay where it is.
    const found = findByTyping(rows, text.length === 1 ? active + 1 : active, text);
    if (found !== null) go(found);
  }

  /** Does what a key stands for; false for a key that is not ours. */
  function press(key: string, row: TreeRow<Node>): boolean {
    switch (key) {
      case 'ArrowDown':
        go(active + 1);
        return true;
      case 'ArrowUp':
        go(active - 1);
        return true;
      case 'ArrowRight':
        if (row.open) go(active + 1);
        else toggle(active, row);
        return true;
      case 'ArrowLeft':
        if (row.open) toggle(active, row);
        else if (row.above !== -1) go(row.above);
        return true;
      case 'Home':
        go(0);
        return true;
      case 'End':
        go(rows.length - 1);
        return true;
      case 'Enter':
      case ' ':
        choose(row);
        return true;
      default:
        // The palette and the help keep their keys.
        if (key.length !== 1 || key === '/' || key === '?') return false;
        typeAhead(key);
        return true;
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    const { key, ctrlKey, metaKey, altKey } = event;
    const row = rows[active];
    if (ctrlKey || metaKey || altKey || row === undefined) return;
    // Any other key ends the word: letters after it begin a new one.
    if (key.length > 1) typed.current = { text: '', at: 0 };
    if (press(key, row)) event.preventDefault();
  }

  return (
    <>
      <div
        ref={scroller}
        role="tree"
        aria-label={label}
        aria-activedescendant={rows.length === 0 ? undefined : `${id}-${active}`}
        aria-busy={going || missing !== undefined}
        tabIndex={0}
        className={classes.tree}
        onKeyDown={onKeyDown}
      >
        <div role="none" className={classes.lines} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start: top }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <Line
                key={`${row.parentId ?? ''} ${row.index ?? row.node?.partnerId}`}
                id={`${id}-${index}`}
                row={row}
                top={top}
                word={row.node === null ? '' : wordOf(row.node)}
                active={index === active}
                chosen={row.node?.partnerId === chosenId}
                onChoose={() => {
                  setActive(index);
                  choose(row);
                }}
                onToggle={() => toggle(index, row)}
              />
            );
          })}
        </div>
      </div>
      {failed && (
        <p role="alert" className={classes.hint}>
          {t('tree.failed')}{' '}
          <button type="button" className={classes.link} onClick={again}>
            {t('tree.again')}
          </button>
        </p>
      )}
      <p className={classes.hint}>{t('tree.keys')}</p>
    </>
  );
}

interface LineProps {
  id: string;
  row: TreeRow<TreeNode>;
  word: string;
  top: number;
  active: boolean;
  chosen: boolean;
  onChoose: () => void;
  onToggle: () => void;
}

function Line({ id, row, word, top, active, chosen, onChoose, onToggle }: LineProps) {
  const t = useTranslations('partners');
  const { node, level, index, siblings, open } = row;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the tree's.
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the tree (aria-activedescendant).
    <div
      id={id}
      role="treeitem"
      aria-level={level}
      aria-posinset={index === null ? undefined : index + 1}
      aria-setsize={siblings}
      aria-expanded={node !== null && node.children > 0 ? open : undefined}
      aria-selected={chosen}
      aria-label={node === null ? t('tree.reading') : undefined}
      className={classes.line}
      data-active={active || undefined}
      data-pinned={index === null || undefined}
      style={{ transform: `translateY(${top}px)`, paddingLeft: 4 + (level - 1) * 18 }}
      onClick={onChoose}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys do the same. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a mouse's way to open; for others the line itself opens. */}
      <span
        className={classes.twisty}
        data-open={open || undefined}
        data-leaf={node === null || node.children === 0 || undefined}
        onClick={(event) => {
          event.stopPropagation();
          onToggle();
        }}
      >
        <IconChevronRight size={14} aria-hidden />
      </span>
      {node === null ? (
        <span className={classes.placeholder} aria-hidden />
      ) : (
        <>
          <bdi className={classes.lineName} title={node.name}>
            {node.name}
          </bdi>
          <span className={classes.lineKind}>{index === null ? t('tree.pinned') : word}</span>
        </>
      )}
    </div>
  );
}
