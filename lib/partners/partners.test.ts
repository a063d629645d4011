import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { Actor } from '../auth/actor';
import { asActor } from '../db/as-actor';
import { asSystem } from '../db/as-system';
import { Conflict, Forbidden, NotFound, Stale } from '../errors';
import { testDatabase } from '../testing/database';
import { entriesOf } from '../testing/people';
import { actorOf, addActor, addTree, addUser, addPartner as insertPartner } from '../testing/world';
import { addPartner } from './add-partner';
import { loadPartnersPage } from './get-partner';
import { movePartner, previewMove } from './move-partner';
import { addPartnerSchema, renamePartnerSchema } from './partner-schema';
import { levelPageSize, readLevel } from './read-level';
import { renamePartner } from './rename-partner';
import { searchPartners } from './search-partners';
import { disablePartner, enablePartner } from './set-partner-disabled';

await testDatabase();

/** The closure as the parents of the partners make it, against the closure as it is. */
async function expectSoundClosure(): Promise<void> {
  const wrong = await asSystem(
    'seed',
    (tx) => tx.$queryRaw<unknown[]>`
      with recursive way as (
        select id as ancestor_id, id as descendant_id, 0 as depth from partner
        union all
        select way.ancestor_id, p.id, way.depth + 1 from way join partner p on p.parent_id = way.descendant_id
          where way.depth < 100
      )
      (select * from way except select * from partner_closure)
      union all (select * from partner_closure except select * from way)`,
  );
  expect(wrong).toEqual([]);
}

const rowOf = (id: string) => asSystem('seed', (tx) => tx.partner.findUniqueOrThrow({ where: { id } }));
const sees = async (actor: Actor, id: string) =>
  asActor(actor, async (tx) => (await tx.partner.findUnique({ where: { id } })) !== null);

describe('adding a partner', () => {
  test('puts it into the tree at any depth, under a key made from its name, with an entry', async () => {
    const tree = await addTree();
    const admin = await addActor({ partnerId: tree.csp, role: 'admin' });
    let parentId = tree.harbor;
    for (let depth = 0; depth < 6; depth += 1) {
      const added = await addPartner(admin, { parentId, kind: 'reseller', name: `Çafé & Söhne ${depth}` });
      expect(added.key).toMatch(new RegExp(`^cafe-sohne-${depth}-[a-z0-9]{6}$`));
      parentId = added.partnerId;
    }
    expect(await sees(admin, parentId)).toBe(true);
    expect((await entriesOf('partner.created')).at(-1)).toMatchObject({ partnerId: parentId, actorId: admin.userId });
    await expectSoundClosure();
  });

  test('keeps a CSP right below the host', async () => {
    const tree = await addTree();
    const host = await addActor({ partnerId: tree.host, role: 'admin' });
    const { partnerId } = await addPartner(host, { parentId: tree.host, kind: 'csp', name: 'Ridge' });
    expect(await rowOf(partnerId)).toMatchObject({ kind: 'csp', parentId: tree.host });
    for (const parentId of [tree.csp, tree.harbor]) {
      await expect(addPartner(host, { parentId, kind: 'csp', name: 'Ridge' })).rejects.toThrow(Conflict);
    }
  });

  test('is an admin’s, within the branch, below what is enabled', async () => {
    const tree = await addTree();
    const input = { parentId: tree.harbor, kind: 'reseller' as const, name: 'Dune' };
    await expect(addPartner(await addActor({ partnerId: tree.csp, role: 'operator' }), input)).rejects.toThrow(
      Forbidden,
    );
    await expect(addPartner(await addActor({ partnerId: tree.pine, role: 'admin' }), input)).rejects.toThrow(NotFound);
    const admin = await addActor({ partnerId: tree.csp, role: 'admin' });
    await disablePartner(admin, { partnerId: tree.harbor, version: 1 });
    await expect(addPartner(admin, input)).rejects.toThrow(/disabled/);
  });
});

describe('names', () => {
  const names = [
    ['255 characters', 'N'.repeat(255)],
    ['right to left', 'شركة الميناء للتجارة'],
    ['with signs of a pattern', '100% _Zeus_ \\ & "Sons"'],
    ['of an emoji alone', '🚢'],
  ] as const;
  test.each(names)('%s are kept, keyed, found and shown as they were typed', async (_, name) => {
    const tree = await addTree();
    const admin = await addActor({ partnerId: tree.csp, role: 'admin' });
    const added = await addPartner(admin, { parentId: tree.csp, kind: 'reseller', name });
    expect(added.key).toMatch(/^[a-z0-9-]+$/);
    expect((await loadPartnersPage(admin, added.partnerId)).partner.name).toBe(name);
    const { found } = await searchPartners(admin, name.slice(0, 100));
    expect(found.map((one) => one.partnerId)).toEqual([added.partnerId]);
    await renamePartner(admin, { partnerId: added.partnerId, version: 1, name: `${name.slice(0, 200)} 2` });
    expect((await rowOf(added.partnerId)).key).toBe(added.key);
  });

  test('that differ in case alone are two partners, side by side, each under its own key', async () => {
    const tree = await addTree();
    const admin = await addActor({ partnerId: tree.csp, role: 'admin' });
    const parentId = (await addPartner(admin, { parentId: tree.csp, kind: 'reseller', name: 'Above' })).partnerId;
    const both: { readonly partnerId: string; readonly key: string }[] = [];
    for (const name of ['Dune Computers', 'DUNE computers']) {
      both.push(await addPartner(admin, { parentId, kind: 'reseller', name }));
    }
    expect(new Set(both.map((one) => one.key)).size).toBe(2);
    const level = await readLevel(admin, parentId, { end: 'first' });
    expect(level.nodes.map((one) => one.name).toSorted()).toEqual(['DUNE computers', 'Dune Computers']);
    const { found } = await searchPartners(admin, 'dune comp');
    expect(found.filter((one) => both.some(({ partnerId }) => partnerId === one.partnerId))).toHaveLength(2);
  });

  test.each([
    ['of 256 characters', 'N'.repeat(256)],
    ['of nothing', '  '],
  ])('%s are none', (_, name) => {
    expect(addPartnerSchema.safeParse({ parentId: uuidv7(), kind: 'reseller', name }).success).toBe(false);
    expect(renamePartnerSchema.safeParse({ partnerId: uuidv7(), version: 1, name }).success).toBe(false);
  });
});

describe('renaming and disabling', () => {
  test('a name changes once per version, and the key stays', async () => {
    const tree = await addTree();
    const admin = await addActor({ partnerId: tree.csp, role: 'admin' });
    const before = await rowOf(tree.harbor);
    await renamePartner(admin, { partnerId: tree.harbor, version: 1, name: 'Harbor New' });
    await expect(renamePartner(admin, { partnerId: tree.harbor, version: 1, name: 'Late' })).rejects.toThrow(Stale);
    expect(await rowOf(tree.harbor)).toMatchObject({ name: 'Harbor New', key: before.key, version: 2 });
  });

  test('a disabled partner ends the sight of its people and of those below, and of nobody above', async () => {
    const tree = await addTree();
    const below = await insertPartner({ key: uuidv7(), kind: 'reseller', parentId: tree.harbor });
    const admin = await addActor({ partnerId: tree.csp, role: 'admin' });
    const [own, deeper] = [
      await addUser({ partnerId: tree.harbor, role: 'admin' }),
      await addUser({ partnerId: below, role: 'viewer' }),
    ];
    await disablePartner(admin, { partnerId: tree.harbor, version: 1 });
    for (const userId of [own, deeper]) expect(await Actor.of(userId, null)).toBeNull();
    expect(await sees(admin, below)).toBe(true);
    const { partner } = await loadPartnersPage(admin, below);
    expect(partner.disabledAbove).toMatch(/^Partner harbor/);
    await enablePartner(admin, { partnerId: tree.harbor, version: 2 });
    expect(await Actor.of(own, null)).not.toBeNull();
  });

  test('nobody disables the host, or what carries themselves', async () => {
    const tree = await addTree();
    const host = await addActor({ partnerId: tree.host, role: 'admin' });
    const { version } = await rowOf(tree.host);
    await expect(disablePartner(host, { partnerId: tree.host, version })).rejects.toThrow(Conflict);
    const own = await addActor({ partnerId: tree.csp, role: 'admin' });
    await expect(disablePartner(own, { partnerId: tree.csp, version: 1 })).rejects.toThrow(/lock yourself out/);
  });
});

describe('the tree', () => {
  test('is read a page at a time by name, from either end and from any child, without gaps or repeats', async () => {
    const tree = await addTree();
    const admin = await addActor({ partnerId: tree.harbor, role: 'viewer' });
    const total = levelPageSize * 2 + 30;
    await asSystem('seed', async (tx) => {
      for (let at = 0; at < total; at += 1) {
        const name = at % 3 === 0 ? `Twin ${at % 7}` : `partner ${(at * 7919) % total}`;
        await tx.partner.create({
          data: { id: uuidv7(), key: uuidv7(), name, kind: 'reseller', parentId: tree.harbor },
        });
      }
    });
    const first = await readLevel(admin, tree.harbor, { end: 'first' });
    const seen = [...first.nodes];
    for (let last = seen.at(-1); seen.length < total && last !== undefined; last = seen.at(-1)) {
      const page = await readLevel(admin, tree.harbor, { after: last.partnerId });
      expect(page).toMatchObject({ start: seen.length, total });
      seen.push(...page.nodes);
    }
    expect(new Set(seen.map(({ partnerId }) => partnerId)).size).toBe(total);
    const ends = await readLevel(admin, tree.harbor, { end: 'last' });
    expect(ends.start).toBe(total - levelPageSize);
    expect(ends.nodes).toEqual(seen.slice(-levelPageSize));
    const middle = seen[total - 60]?.partnerId ?? '';
    const back = await readLevel(admin, tree.harbor, { before: middle });
    expect(back.nodes).toEqual(seen.slice(total - 60 - levelPageSize, total - 60));
    const { tree: opened } = await loadPartnersPage(admin, middle);
    expect(opened.levels.at(-1)?.nodes.some(({ partnerId }) => partnerId === middle)).toBe(true);
  });

  test('begins at the uppermost partner in sight and shows nothing beside or above it', async () => {
    const tree = await addTree();
    const viewer = await addActor({ partnerId: tree.csp, role: 'viewer' });
    const { tree: start, partner } = await loadPartnersPage(viewer, null);
    expect(partner.partnerId).toBe(tree.csp);
    expect(start.levels[0]?.nodes.map(({ partnerId }) => partnerId)).toEqual([tree.csp]);
    expect(new Set(start.levels[1]?.nodes.map(({ partnerId }) => partnerId))).toEqual(
      new Set([tree.harbor, tree.pine]),
    );
    for (const other of [tree.host, tree.foreign, uuidv7()]) {
      await expect(loadPartnersPage(viewer, other)).rejects.toThrow(NotFound);
      await expect(readLevel(viewer, other, { end: 'first' })).rejects.toThrow(NotFound);
    }
    expect(partner.may).toEqual({ manage: false, move: false, disable: false, manageUsers: false });
  });

  test('has a root for each branch somebody holds a role in', async () => {
    const tree = await addTree();
    const userId = await addUser({ partnerId: tree.harbor, role: 'viewer' });
    await asSystem('seed', (tx) =>
      tx.roleGrant.create({ data: { id: uuidv7(), userId, role: 'viewer', partnerId: tree.foreign } }),
    );
    const { tree: start } = await loadPartnersPage(await actorOf(userId), null);
    expect(new Set(start.levels[0]?.nodes.map(({ partnerId }) => partnerId))).toEqual(
      new Set([tree.harbor, tree.foreign]),
    );
  });

  test('is searched by part of a name or key, literally, within the branch', async () => {
    const tree = await addTree();
    const viewer = await addActor({ partnerId: tree.csp, role: 'viewer' });
    const { key } = await rowOf(tree.harbor);
    const find = async (text: string) => (await searchPartners(viewer, text)).found.map(({ partnerId }) => partnerId);
    expect(await find(key.slice(3, -2).toUpperCase())).toEqual([tree.harbor]);
    expect(await find(tree.pine)).toEqual([tree.pine]);
    expect(await find('%')).toEqual([]);
    expect(await find(tree.foreign)).toEqual([]);
    expect(await find((await rowOf(tree.foreign)).key)).toEqual([]);
    expect((await searchPartners(viewer, key)).found[0]?.above).toEqual([(await rowOf(tree.csp)).name]);
  });

  test('counts what belongs to a branch, and says what happened there last', async () => {
    const tree = await addTree();
    const admin = await addActor({ partnerId: tree.csp, role: 'admin' });
    await addUser({ partnerId: tree.pine, role: 'viewer' });
    await asSystem('seed', (tx) =>
      tx.customer.create({ data: { id: uuidv7(), partnerId: tree.harbor, name: 'Zeus', country: 'PT' } }),
    );
    await renamePartner(admin, { partnerId: tree.pine, version: 1, name: 'Pine New' });
    const { partner } = await loadPartnersPage(admin, tree.csp);
    expect(partner.figures).toEqual({ below: 2, customers: 1, users: 2, connections: 0 });
    expect(partner.lastActivity).toMatchObject({ action: 'partner.renamed', by: admin.name });
  });
});

describe('moving a partner', () => {
  test('takes everything below it along, and leaves an entry at both parents', async () => {
    const tree = await addTree();
    const below = await insertPartner({ key: uuidv7(), kind: 'reseller', parentId: tree.harbor });
    const admin = await addActor({ partnerId: tree.csp, role: 'admin' });
    const pine = await addActor({ partnerId: tree.pine, role: 'viewer' });
    expect(await sees(pine, below)).toBe(false);
    await movePartner(admin, { partnerId: tree.harbor, parentId: tree.pine, version: 1 });
    expect(await sees(pine, below)).toBe(true);
    expect(await rowOf(tree.harbor)).toMatchObject({ parentId: tree.pine, version: 2 });
    const entries = (await entriesOf('partner.moved')).filter(({ subjectId }) => subjectId === tree.harbor);
    expect(new Set(entries.map(({ partnerId }) => partnerId))).toEqual(new Set([tree.csp, tree.pine]));
    expect(entries[0]?.detail).toMatchObject({ from: tree.csp, to: tree.pine, gains: 1, loses: 0 });
    await movePartner(admin, { partnerId: tree.harbor, parentId: tree.csp, version: 2 });
    expect(await sees(pine, below)).toBe(false);
    await expectSoundClosure();
  });

  test('makes no circle, goes nowhere it stands, keeps CSPs in place and refuses what is stale', async () => {
    const tree = await addTree();
    const below = await insertPartner({ key: uuidv7(), kind: 'reseller', parentId: tree.harbor });
    const host = await addActor({ partnerId: tree.host, role: 'admin' });
    const move = (partnerId: string, parentId: string, version = 1) =>
      movePartner(host, { partnerId, parentId, version });
    await expect(move(tree.harbor, below)).rejects.toThrow(/below itself/);
    await expect(move(tree.harbor, tree.harbor)).rejects.toThrow(/below itself/);
    await expect(move(tree.harbor, tree.csp)).rejects.toThrow(/there already/);
    await expect(move(tree.csp, tree.foreign)).rejects.toThrow(/CSP/);
    await expect(move(tree.host, tree.csp)).rejects.toThrow(Error);
    await expect(move(tree.harbor, tree.pine, 7)).rejects.toThrow(Stale);
    await disablePartner(host, { partnerId: tree.pine, version: 1 });
    await expect(move(tree.harbor, tree.pine)).rejects.toThrow(/disabled/);
    await expectSoundClosure();
  });

  test('does not lead out of the branch or into it, and is an admin’s at both ends', async () => {
    const tree = await addTree();
    const admin = await addActor({ partnerId: tree.csp, role: 'admin' });
    const move = (actor: Actor, partnerId: string, parentId: string) =>
      movePartner(actor, { partnerId, parentId, version: 1 });
    for (const target of [tree.host, tree.foreign, uuidv7()]) {
      await expect(move(admin, tree.harbor, target)).rejects.toThrow(NotFound);
      await expect(previewMove(admin, tree.harbor, target)).rejects.toThrow(NotFound);
    }
    await expect(move(admin, tree.foreign, tree.csp)).rejects.toThrow(NotFound);
    await expect(move(admin, tree.csp, tree.harbor)).rejects.toThrow(/uppermost/);
    const operator = await addActor({ partnerId: tree.csp, role: 'operator' });
    await expect(move(operator, tree.harbor, tree.pine)).rejects.toThrow(Forbidden);
    // Admin of the partner alone, viewer of where it would go: not theirs to decide.
    const userId = await addUser({ partnerId: tree.harbor, role: 'admin' });
    await asSystem('seed', (tx) =>
      tx.roleGrant.create({ data: { id: uuidv7(), userId, role: 'viewer', partnerId: tree.csp } }),
    );
    await expect(move(await actorOf(userId), tree.harbor, tree.pine)).rejects.toThrow(Forbidden);
    expect((await rowOf(tree.harbor)).parentId).toBe(tree.csp);
  });

  test('says before who gains and who loses sight, by name where they are in sight', async () => {
    const tree = await addTree();
    const dune = await insertPartner({ key: uuidv7(), kind: 'reseller', parentId: tree.harbor });
    const admin = await addActor({ partnerId: tree.csp, role: 'admin' });
    const loser = await addActor({ partnerId: tree.harbor, role: 'operator' });
    const gainer = await addActor({ partnerId: tree.pine, role: 'viewer' });
    await addUser({ partnerId: dune, role: 'admin' });
    // Of a partner out of sight, with a role inside.
    const stranger = await addUser({ partnerId: tree.foreign, role: 'viewer' });
    await asSystem('seed', (tx) =>
      tx.roleGrant.create({ data: { id: uuidv7(), userId: stranger, role: 'viewer', partnerId: tree.harbor } }),
    );
    const preview = await previewMove(admin, dune, tree.pine);
    expect(preview.hindrance).toBeNull();
    expect(preview.gains).toMatchObject({ count: 1, unnamed: 0, people: [{ name: gainer.name, role: 'viewer' }] });
    expect(preview.loses).toMatchObject({ count: 2, unnamed: 1, people: [{ name: loser.name, role: 'operator' }] });
    expect((await previewMove(admin, tree.harbor, dune)).hindrance).toBe('cycle');
    await movePartner(admin, { partnerId: dune, parentId: tree.pine, version: 1 });
    expect([await sees(loser, dune), await sees(gainer, dune), await sees(admin, dune)]).toEqual([false, true, true]);
  });

  test('two moves at once never make a circle, whichever wins', async () => {
    for (let round = 0; round < 15; round += 1) {
      const tree = await addTree();
      const admin = await addActor({ partnerId: tree.csp, role: 'admin' });
      const endings = await Promise.allSettled([
        movePartner(admin, { partnerId: tree.harbor, parentId: tree.pine, version: 1 }),
        movePartner(admin, { partnerId: tree.pine, parentId: tree.harbor, version: 1 }),
      ]);
      expect(endings.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const [refused] = endings.filter((ending) => ending.status === 'rejected');
      expect(refused?.reason).toBeInstanceOf(Conflict);
    }
    await expectSoundClosure();
  });

  test('whoever adds below a branch while it moves gets the ancestors it moved to', async () => {
    for (let round = 0; round < 15; round += 1) {
      const tree = await addTree();
      const admin = await addActor({ partnerId: tree.csp, role: 'admin' });
      await Promise.all([
        movePartner(admin, { partnerId: tree.harbor, parentId: tree.pine, version: 1 }),
        addPartner(admin, { parentId: tree.harbor, kind: 'reseller', name: 'Newcomer' }),
      ]);
    }
    await expectSoundClosure();
  });

  test('a right that is gone when the tree is free again moves nothing', async () => {
    const tree = await addTree();
    const [host, csp] = [
      await addActor({ partnerId: tree.host, role: 'admin' }),
      await addActor({ partnerId: tree.csp, role: 'admin' }),
    ];
    const dune = await insertPartner({ key: uuidv7(), kind: 'reseller', parentId: tree.harbor });
    // The host takes the branch away while the CSP's admin waits to move something inside it.
    let waiting: Promise<unknown> = Promise.resolve();
    await asActor(host, async (tx) => {
      await tx.$executeRaw`select partner_tree_hold()`;
      waiting = movePartner(csp, { partnerId: dune, parentId: tree.pine, version: 1 }).catch((error: unknown) => error);
      await tx.$queryRaw`select partner_move(${tree.harbor}::uuid, ${tree.foreign}::uuid, 1) as answer`;
    });
    const late = await waiting;
    expect(late).toBeInstanceOf(NotFound);
    await expectSoundClosure();
  });

  test('no other way changes a parent', async () => {
    const tree = await addTree();
    const admin = await addActor({ partnerId: tree.csp, role: 'admin' });
    await expect(
      asActor(admin, (tx) => tx.partner.update({ where: { id: tree.harbor }, data: { parentId: tree.pine } })),
    ).rejects.toThrow(/partner_move/);
    await expect(
      asActor(admin, (tx) => tx.$executeRaw`delete from partner_closure where descendant_id = ${tree.harbor}::uuid`),
    ).rejects.toThrow(/permission denied/);
    const outside = await asActor(
      admin,
      (tx) => tx.$queryRaw<{ answer: string }[]>`
        select partner_move(${tree.harbor}::uuid, ${tree.foreign}::uuid, 1) as answer`,
    );
    expect(outside).toEqual([{ answer: 'absent' }]);
  });
});
