'use client';

import { useCallback, useRef, useState } from 'react';
import {
  type KnownLevel,
  type KnownLevels,
  type NodePage,
  type NodeStart,
  type TreeNode,
  withLevels,
  withPage,
} from './tree-rows';

/** Reads a stretch of the level below a partner in which a place lies; what is known of the level so far says where to begin. */
export type ReadLevel<Node extends TreeNode> = (
  parentId: string,
  place: { readonly level: KnownLevel<Node> | undefined; readonly index: number },
) => Promise<NodePage<Node>>;

interface Tree<Node extends TreeNode> {
  readonly start: NodeStart<Node>;
  readonly levels: KnownLevels<Node>;
  readonly opened: ReadonlySet<string>;
}

const begin = <Node extends TreeNode>(start: NodeStart<Node>, before: Tree<Node> | null): Tree<Node> => ({
  start,
  // The same tree as before: what was loaded stays. Another one: it is read anew, and what was open stays open.
  levels: withLevels(before?.start.stamp === start.stamp ? before.levels : new Map(), start.levels),
  opened: new Set([...(before?.opened ?? []), ...start.opened]),
});

/** The tree as far as it is loaded: what the page brought, and what was opened or scrolled to since. */
export function useLevels<Node extends TreeNode>(start: NodeStart<Node>, readLevel: ReadLevel<Node>) {
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
      readLevel(parentId, { level: levels.get(parentId), index })
        .then((page) =>
          setTree((now) =>
            now.start.stamp === stamp ? { ...now, levels: withPage(now.levels, parentId, page) } : now,
          ),
        )
        .catch(() => setFailed(true))
        .finally(() => asked.current.delete(parentId));
    },
    [levels, start, readLevel],
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
