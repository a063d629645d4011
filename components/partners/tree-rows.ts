/** What a line of a tree needs to know of its partner: one of ours, or one at a vendor. */
export interface TreeNode {
  readonly partnerId: string;
  readonly name: string;
  /** Partners right below. */
  readonly children: number;
}

/** A stretch of one level, from a place on. */
export interface NodePage<Node extends TreeNode> {
  readonly start: number;
  readonly total: number;
  readonly nodes: readonly Node[];
  /** One of the level whose place nobody knows: it is shown before the others. */
  readonly pinned?: Node | null;
}

/** The tree as a page begins with it; see `lib/partners/partner-node.ts`. */
export interface NodeStart<Node extends TreeNode> {
  readonly levels: readonly (NodePage<Node> & { readonly parentId: string | null })[];
  readonly opened: readonly string[];
  readonly stamp: string;
  /** The partner that these levels lead to, where they were read for one. */
  readonly leadsTo?: string;
}

/** What is known of one level: how many there are, and the nodes loaded so far by their place. */
export interface KnownLevel<Node extends TreeNode> {
  readonly total: number;
  readonly nodes: ReadonlyMap<number, Node>;
  /** Shown before the others, in the order in which they were asked for; their own places are left out. */
  readonly pinned: readonly Node[];
}

/** Levels by the id of the partner above; the uppermost stand under null. */
export type KnownLevels<Node extends TreeNode> = ReadonlyMap<string | null, KnownLevel<Node>>;

/** One line of the tree as it is open now. */
export interface TreeRow<Node extends TreeNode> {
  readonly parentId: string | null;
  /** Place among the siblings, from 0; null for one that is shown before them. */
  readonly index: number | null;
  /** How deep, from 1. */
  readonly level: number;
  readonly siblings: number;
  /** Null while it is not loaded. */
  readonly node: Node | null;
  readonly open: boolean;
  /** The line of the partner above, or -1. */
  readonly above: number;
}

/** The lines of the tree, from the top: every loaded partner, and a place for each that is not loaded yet. */
export function toRows<Node extends TreeNode>(
  levels: KnownLevels<Node>,
  opened: ReadonlySet<string>,
): readonly TreeRow<Node>[] {
  const rows: TreeRow<Node>[] = [];
  const add = (parentId: string | null, level: number, above: number, expected: number) => {
    const known = levels.get(parentId);
    const siblings = known?.total ?? expected;
    const push = (index: number | null, node: Node | null) => {
      const open = node !== null && node.children > 0 && opened.has(node.partnerId);
      const line = rows.length;
      rows.push({ parentId, index, level, siblings, node, open, above });
      if (open) add(node.partnerId, level + 1, line, node.children);
    };
    for (const node of known?.pinned ?? []) push(null, node);
    const pinned = new Set(known?.pinned.map(({ partnerId }) => partnerId));
    for (let index = 0; index < siblings; index += 1) {
      const node = known?.nodes.get(index) ?? null;
      // It stands above already, open perhaps: nothing that is being read moves when its own place gets loaded.
      if (node === null || !pinned.has(node.partnerId)) push(index, node);
    }
  };
  add(null, 1, -1, 0);
  return rows;
}

/**
 * Levels with a page more. What was known of the level is forgotten where the number of siblings has changed, or where the
 * page is empty: the partner it was to begin beside stands there no more.
 */
export function withPage<Node extends TreeNode>(
  levels: KnownLevels<Node>,
  parentId: string | null,
  page: NodePage<Node>,
): KnownLevels<Node> {
  const known = levels.get(parentId);
  const same = known?.total === page.total && page.nodes.length > 0;
  const nodes = new Map(same ? known.nodes : []);
  for (const [offset, node] of page.nodes.entries()) nodes.set(page.start + offset, node);
  return new Map(levels).set(parentId, { total: page.total, nodes, pinned: withPin(known?.pinned ?? [], nodes, page) });
}

/** What is pinned stays so; a new one is pinned only where its own place is not loaded. */
function withPin<Node extends TreeNode>(
  before: readonly Node[],
  nodes: ReadonlyMap<number, Node>,
  { pinned }: NodePage<Node>,
): readonly Node[] {
  if (pinned == null) return before;
  const seen = [...before, ...nodes.values()].some(({ partnerId }) => partnerId === pinned.partnerId);
  return seen ? before : [...before, pinned];
}

/** Levels with what a page of the portal brought. */
export function withLevels<Node extends TreeNode>(
  levels: KnownLevels<Node>,
  more: NodeStart<Node>['levels'],
): KnownLevels<Node> {
  return more.reduce((known, level) => withPage(known, level.parentId, level), levels);
}

/** What to ask for so that the place gets loaded: the page beside the nearest node that is, or the nearer end. */
export function pageTowards<Node extends TreeNode>(
  level: KnownLevel<Node> | undefined,
  index: number,
): Readonly<Record<string, string>> {
  if (level === undefined || level.nodes.size === 0) {
    return { end: level !== undefined && index > level.total / 2 ? 'last' : 'first' };
  }
  const distances = [...level.nodes.keys()].map((place) => ({ place, distance: Math.abs(place - index) }));
  const ends = [
    { distance: index, query: { end: 'first' } },
    { distance: level.total - 1 - index, query: { end: 'last' } },
  ];
  const nearest = distances.reduce((one, other) => (other.distance < one.distance ? other : one));
  const end = ends.reduce((one, other) => (other.distance < one.distance ? other : one));
  const node = level.nodes.get(nearest.place);
  if (node === undefined || end.distance < nearest.distance) return end.query;
  return nearest.place < index ? { after: node.partnerId } : { before: node.partnerId };
}

/** The line that somebody means who types the beginning of a name: the next one from a line on, around the end. */
export function findByTyping<Node extends TreeNode>(
  rows: readonly TreeRow<Node>[],
  from: number,
  typed: string,
): number | null {
  const wanted = typed.toLocaleLowerCase();
  for (let step = 0; step < rows.length; step += 1) {
    const line = (from + step) % rows.length;
    if (rows[line]?.node?.name.toLocaleLowerCase().startsWith(wanted) === true) return line;
  }
  return null;
}

/** The line of a partner, or null when it is not among them. */
export function lineOf<Node extends TreeNode>(rows: readonly TreeRow<Node>[], partnerId: string): number | null {
  const line = rows.findIndex(({ node }) => node?.partnerId === partnerId);
  return line === -1 ? null : line;
}
