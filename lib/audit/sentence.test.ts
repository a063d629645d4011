import { createTranslator } from 'next-intl';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../auth/actor';
import { actions, handlers, pages } from '../auth/entry-points';
import { makeTree, type TestTree } from '../connections/tree-fixture';
import { asActor } from '../db/as-actor';
import { asSystem } from '../db/as-system';
import { closeDatabases } from '../db/client';
import { type ListFixture, openListFixture } from '../lists/list-fixture';
import { firstPlace } from '../lists/place';
import { catalogue } from '../messages/catalogue';
import type { Words } from '../messages/words';
import { testDatabase } from '../testing/database';
import { type AuditEntryInput, appendAuditEntry } from './append-entry';
import { type AuditAction, auditActions } from './audit-actions';
import { parseAuditFilter } from './audit-filter';
import type { AuditRow } from './audit-row';
import { doorWords } from './doors';
import { listEntries } from './list-entries';
import { toSentence } from './sentence';

const words: Words = createTranslator({ locale: 'en', messages: catalogue });
const database = await testDatabase();
let tree: TestTree;
let fixture: ListFixture;
let admin: Actor;
let operator: Actor;
let ids: Readonly<Record<'connection' | 'customer' | 'attempt' | 'mapping' | 'user' | 'correlation', string>>;

type Given = Pick<AuditEntryInput, 'subject' | 'detail'> & { readonly says: string };

beforeAll(async () => {
  tree = await makeTree();
  fixture = await openListFixture(database);
  admin = await tree.actor('csp', 'admin');
  operator = await tree.actor('reseller', 'operator');
  const connection = await fixture.connection({ partnerId: tree.csp, name: 'Ridge IT Cove', vendor: 'cove' });
  const customer = await fixture.customer({ partnerId: tree.reseller, name: 'Zeus & Sons' });
  const onboarding = await fixture.onboarding({ customer, actor: operator });
  const attempt = await fixture.attempt({ onboarding, connectionId: connection, vendor: 'cove' });
  const mapping = uuidv7();
  await asSystem('seed', (tx) =>
    tx.mapping.create({
      data: {
        id: mapping,
        connectionId: connection,
        partnerId: tree.reseller,
        externalId: '411',
        externalName: 'Dune BV',
      },
    }),
  );
  const user = operator.userId;
  ids = { connection, customer: customer.id, attempt, mapping, user, correlation: onboarding.correlationId };
});
afterAll(async () => {
  await fixture.end();
  await closeDatabases();
});

/** An entry of each action, as it is written today, and its sentence. */
function entries(): Readonly<Record<AuditAction, Given>> {
  const user = { kind: 'user', id: ids.user } as const;
  const session = { kind: 'session', id: uuidv7() } as const;
  const partner = { kind: 'partner', id: tree.reseller } as const;
  const connection = { kind: 'connection', id: ids.connection } as const;
  const mapping = { kind: 'mapping', id: ids.mapping } as const;
  const attempt = { kind: 'attempt', id: ids.attempt } as const;
  const mapped = { connection: ids.connection, partner: tree.reseller, externalId: '411' };
  const tried = 'to create Zeus & Sons at Ridge IT Cove';
  return {
    'sign-in.succeeded': { subject: session, says: 'admin of csp signed in' },
    'sign-in.refused': {
      subject: user,
      detail: { reason: 'wrong-password' },
      says: 'Somebody tried to sign in as operator of reseller with a wrong password',
    },
    'sign-in.throttled': {
      subject: user,
      detail: { waitSeconds: 30 },
      says: 'Somebody tried too often to sign in as operator of reseller and had to wait 30 s',
    },
    'sign-out': { subject: session, says: 'admin of csp signed out' },
    'session.revoked': { subject: session, detail: { count: 2 }, says: 'admin of csp ended 2 sessions of their own' },
    'access.denied': {
      subject: { kind: 'entry-point', id: 'action users.reset-password' },
      detail: { code: 'not-found' },
      says: 'admin of csp tried to reset the password of a user and was refused: not there, or outside the branch',
    },
    'password.changed': { subject: user, says: 'admin of csp changed their own password' },
    'password.reset': {
      subject: user,
      detail: { generated: true },
      says: 'admin of csp gave operator of reseller a new password, made by the portal',
    },
    'user.created': { subject: user, says: 'admin of csp created the user operator of reseller' },
    'user.changed': {
      subject: user,
      detail: { from: 'UTC', timeZone: 'Europe/Lisbon' },
      says: 'admin of csp changed the time zone of operator of reseller from UTC to Europe/Lisbon',
    },
    'user.disabled': { subject: user, says: 'admin of csp disabled the user operator of reseller' },
    'user.enabled': { subject: user, says: 'admin of csp enabled the user operator of reseller' },
    'invitation.made': {
      subject: user,
      detail: { hours: 72 },
      says: 'admin of csp made a link with which operator of reseller sets the first password, good for 72 hours',
    },
    'invitation.accepted': {
      subject: user,
      says: 'operator of reseller set the first password by the link of the invitation',
    },
    'grant.added': {
      subject: user,
      detail: { role: 'viewer', partner: tree.reseller },
      says: 'admin of csp gave operator of reseller the role of viewer at Dune Computers',
    },
    'grant.removed': {
      subject: user,
      detail: { role: 'viewer', partner: tree.reseller },
      says: 'admin of csp took the role of viewer at Dune Computers from operator of reseller',
    },
    'partner.created': {
      subject: partner,
      detail: { kind: 'reseller', key: 'dune', parent: tree.csp },
      says: 'admin of csp created the reseller Dune Computers below Ridge IT',
    },
    'partner.renamed': {
      subject: partner,
      detail: { from: 'Dune', to: 'Dune Computers', version: 2 },
      says: 'admin of csp renamed Dune Computers from “Dune” to “Dune Computers”',
    },
    'partner.moved': {
      subject: partner,
      detail: { from: tree.csp, to: tree.sibling, gains: 1, loses: 3 },
      says: 'admin of csp moved Dune Computers from Ridge IT to Moor Systems: 1 user gained sight of it, 3 lost it',
    },
    'partner.disabled': { subject: partner, says: 'admin of csp disabled the partner Dune Computers' },
    'partner.enabled': { subject: partner, says: 'admin of csp enabled the partner Dune Computers' },
    'connection.created': {
      subject: connection,
      detail: { vendor: 'cove', shared: true },
      says: 'admin of csp created the connection Ridge IT Cove to N-able Cove',
    },
    'connection.changed': {
      subject: connection,
      detail: {
        fields: ['name', 'shared', 'baseUrl', 'settings.username', 'secrets.password'],
        ...{ 'from.name': 'Cove', 'to.name': 'Ridge IT Cove', 'from.shared': false, 'to.shared': true },
      },
      says:
        'admin of csp changed the connection Ridge IT Cove: “Name” from “Cove” to “Ridge IT Cove”, ' +
        '“Partners below may use it” from off to on, “Base URL”, “User name”, and “Password or API token” (replaced)',
    },
    'connection.disabled': { subject: connection, says: 'admin of csp disabled the connection Ridge IT Cove' },
    'connection.enabled': { subject: connection, says: 'admin of csp enabled the connection Ridge IT Cove' },
    'connection.tested': {
      subject: connection,
      detail: { result: 'credentials' },
      says: 'admin of csp tested the connection Ridge IT Cove: the credentials were refused',
    },
    'connection.broken': {
      subject: connection,
      detail: { reason: 'cove.sign-in-refused' },
      says: 'admin of csp took the connection Ridge IT Cove out of use: the vendor refused the sign-in',
    },
    'mapping.set': {
      subject: mapping,
      detail: { ...mapped, from: '410' },
      says: 'admin of csp changed the mapping of Dune Computers at Ridge IT Cove from 410 to 411 (Dune BV)',
    },
    'mapping.not-set': {
      subject: partner,
      detail: { ...mapped, reason: 'taken' },
      says: 'admin of csp could not map Dune Computers at Ridge IT Cove to 411, which was added for it: one of the two is mapped already',
    },
    'mapping.removed': {
      subject: { kind: 'mapping', id: uuidv7() },
      detail: mapped,
      says: 'admin of csp removed the mapping of Dune Computers at Ridge IT Cove, which was 411',
    },
    'customer.changed': {
      subject: { kind: 'customer', id: ids.customer },
      detail: { fields: ['name', 'email'], version: 2 },
      says: 'admin of csp changed Zeus & Sons: “Name” and “E-mail”',
    },
    'attempt.opened': {
      subject: attempt,
      detail: { operation: 'create-customer', retryOf: uuidv7() },
      says: `admin of csp opened another attempt ${tried}`,
    },
    'attempt.released': {
      subject: attempt,
      detail: { vendorId: '0198', waitedFor: uuidv7() },
      says: 'The customer Zeus & Sons was there at Ridge IT Cove: the attempt to add a service of it was released to be sent',
    },
    'attempt.closed': {
      subject: attempt,
      detail: { state: 'refused', reason: 'already-exists' },
      says: `The attempt of admin of csp ${tried} ended: refused (already exists there)`,
    },
    'attempt.settled': {
      subject: attempt,
      detail: { from: 'unknown', state: 'succeeded', settlement: 'by-hand' },
      says: `admin of csp settled the attempt ${tried} by hand: from unknown to succeeded`,
    },
    'attempt.contradicted': {
      subject: attempt,
      detail: { state: 'refused', answered: 'succeeded' },
      says: `A late answer contradicts the attempt ${tried}: it says succeeded, the record says refused`,
    },
    export: {
      subject: { kind: 'list', id: 'attempts' },
      detail: { filters: ['vendor=cove', 'dayFrom=2026-11-01'] },
      says: 'admin of csp exported the list of attempts, filtered by vendor and first day',
    },
  };
}

async function readBack(reader: Actor, action: AuditAction, { subject, detail }: Given): Promise<AuditRow> {
  await asSystem('seed', (tx) =>
    appendAuditEntry(tx, {
      ...{ partnerId: tree.reseller, action, subject, by: { actor: admin, role: 'admin' } },
      ...(detail === undefined ? {} : { detail }),
    }),
  );
  const filter = parseAuditFilter(new URLSearchParams({ action }), { timeZone: 'UTC', now: new Date() });
  const { rows } = await asActor(reader, (tx) => listEntries(tx, { filter, place: firstPlace, size: 1 }));
  const [row] = rows;
  if (row === undefined) throw new Error('The entry is not listed.');
  return row;
}

describe('an audit entry as a sentence', () => {
  test.each(auditActions)('%s says who did what to what, in words', async (action) => {
    const given = entries()[action];
    const sentence = toSentence(await readBack(admin, action, given), words);
    expect(sentence).toBe(given.says);
    expect(sentence).not.toMatch(/[0-9a-f]{8}-|[{}<>]|\bnone\b|undefined|null/);
  });

  test('links what the reader may open, and nothing else', async () => {
    const { named } = await readBack(admin, 'grant.added', entries()['grant.added']);
    expect(named.object?.href).toBe(`/users/${ids.user}`);
    expect(named.partner?.href).toBe(`/partners?partner=${tree.reseller}`);
    const forOperator = await readBack(operator, 'grant.added', entries()['grant.added']);
    expect(forOperator.named.object).toMatchObject({ name: 'operator of reseller', href: null });
    const attempt = await readBack(admin, 'attempt.closed', entries()['attempt.closed']);
    expect(attempt.named.object?.href).toBe(`/onboardings/${ids.correlation}?attempt=${ids.attempt}`);
    expect(attempt.named.customer?.href).toBe(`/customers/${ids.customer}`);
    expect(attempt.named.connection?.href).toBe(`/connections/${ids.connection}`);
  });

  test('does not reveal what is outside the reader’s branch', async () => {
    const moved = await readBack(operator, 'partner.moved', entries()['partner.moved']);
    const sentence = toSentence(moved, words);
    expect(sentence).toContain('from a partner outside your branch to a partner outside your branch');
    expect(JSON.stringify([moved.named, sentence])).not.toMatch(/Ridge IT|Moor Systems/);
    const mapping = toSentence(await readBack(operator, 'mapping.set', entries()['mapping.set']), words);
    expect(mapping).toContain('Dune Computers at a connection outside your branch');
  });

  test('names the objects of a page in a number of queries that does not grow with it', async () => {
    const filter = parseAuditFilter(new URLSearchParams(), { timeZone: 'UTC', now: new Date() });
    const queriesOf = (size: number) =>
      asActor(admin, async (tx) => {
        let asked = 0;
        // Every query of a transaction goes through a property of it: a model, or a query in SQL.
        const counted = new Proxy(tx, {
          get(target, key) {
            asked += 1;
            const value: unknown = Reflect.get(target, key);
            return typeof value === 'function' ? value.bind(target) : value;
          },
        });
        const { rows } = await listEntries(counted, { filter, place: firstPlace, size });
        return { asked, rows: rows.length };
      });
    const { asked, rows } = await queriesOf(40);
    expect(rows).toBeGreaterThan(30);
    expect(asked).toBeLessThanOrEqual(8);
  });
});

test('every door that can refuse somebody has words', () => {
  const all = [
    ...Object.entries(pages).map(([name, door]) => [`page ${name}`, door] as const),
    ...Object.entries(actions).map(([name, door]) => [`action ${name}`, door] as const),
    ...Object.entries(handlers).map(([name, door]) => [`handler ${name}`, door] as const),
  ].filter(([, door]) => door.needs !== 'public');
  for (const [name] of all) expect(doorWords(name, words), name).not.toBe(words('audit.door.gone'));
});
