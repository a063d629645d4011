'use client';

import { useCallback, useRef, useState } from 'react';
import type { TreeStart } from '@/lib/partners/partner-node';
import { fetchChildren } from './fetch-partners';
import { type KnownLevels, pageTowards, withLevels, withPage } from './tree-rows';

interface Tree {
  readonly start: TreeStart;
  readonly levels: KnownLevels;
  readonly opened: ReadonlySet<string>;
}

const begin = (start: TreeStart, before: Tree | null): Tree => ({
  start,
  // The same tree as before: what was loaded stays. Another one: it is read anew, and what was open stays open.
  levels: withLevels(before?.start.stamp === start.stamp ? before.levels : new Map(), start.levels),
  opened: new Set([...(before?.opened ?? []), ...start.opened]),
});

/** The tree as far as it is loaded: what the page brought, and what was opened or scrolled to since. */
export function useLevels(start: TreeStart) {
  const [tree, setTree] = useState(() => begin(start, null));
  const [failed, setFailed] = useState(false);
  const asked = useRef(new Set<string>());
  let current = tree;
  if (tree.start !== start) {
    current = begin(start, tree);
    setTree(current);
  }
  const { levels, opened } = current;

  /** Loads a place of a level, if nothing is on its way for that level. */
  const load = useCallback(
    (parentId: string, index: number) => {
      if (asked.current.has(parentId)) return;
      asked.current.add(parentId);
      const { stamp } = start;
      fetchChildren(parentId, pageTowards(levels.get(parentId), index))
        .then((page) =>
          setTree((now) =>
            now.start.stamp === stamp ? { ...now, levels: withPage(now.levels, parentId, page) } : now,
          ),
        )
        .catch(() => setFailed(true))
        .finally(() => asked.current.delete(parentId));
    },
    [levels, start],
  );

  const setOpen = useCallback((partnerId: string, open: boolean) => {
    setTree((now) => {
      const next = new Set(now.opened);
      if (open) next.add(partnerId);
      else next.delete(partnerId);
      return { ...now, opened: next };
    });
  }, []);

  return { levels, opened, failed, load, setOpen, again: () => setFailed(false) };
}
