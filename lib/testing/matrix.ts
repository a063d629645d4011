import 'server-only';
import { validate as isUuid, v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { actions, type EntryPoint, handlers, pages } from '../auth/entry-points';
import { type Role, roleHolds, roles, rolesHolding } from '../auth/permissions';
import { asSystem } from '../db/as-system';
import type { TestDatabase } from './database';
import type { FoundDoor } from './entry-files';
import { actionRows, type Cell, handlerRows, type PageRow, pageRows, queriesOf } from './matrix-inputs';
import { isInReach, type Place, relations } from './matrix-place';
import { addSession } from './matrix-records';
import { beginRequest, finishRequest } from './matrix-request';
import type { World } from './matrix-world';
import { shownText } from './shown-text';

/** The authorization matrix: every door × role × whose record, what comes of it and what should. */

export const endings = ['shown', 'not-there', 'forbidden', 'signed-out'] as const;
export type Ending = (typeof endings)[number];

export interface Answer {
  /** `failed` with its code: refused for another reason than who asks, which no cell should meet. */
  readonly ending: Ending | `failed ${string}`;
  /** Everything that reaches the browser. */
  readonly text: string;
}

/** One question to a door: who asks, about whose record, with what. */
export interface Question {
  readonly place: Place;
  readonly role: Role | 'anonymous';
  readonly input: unknown;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** A question with what came of it. */
export interface Asked extends Question {
  readonly answer: Answer;
  /** Audit entries of the asker that it left, by their action. */
  readonly entries: readonly string[];
}

function rowIn<Row>(table: Readonly<Record<string, Row>>, name: string): Row {
  const row = Object.hasOwn(table, name) ? table[name] : undefined;
  if (row === undefined) throw new Error(`there is no row ${name}`);
  return row;
}

/** What the table of entry points says of a door. */
export function rowOf({ door }: FoundDoor): EntryPoint {
  return rowIn<EntryPoint>({ page: pages, action: actions, handler: handlers }[door.kind], door.name);
}

function addressOf({ door }: FoundDoor): PageRow {
  if (door.kind === 'action') return {};
  return door.kind === 'page' ? rowIn<PageRow>(pageRows, door.name) : rowIn<PageRow>(handlerRows, door.name);
}

/** Does an input of this door say whose record it is about? */
function namesRecord(found: FoundDoor): boolean {
  const { subject } = rowOf(found);
  if (subject === 'branch') return addressOf(found).namesSubject === true;
  return subject !== 'self' || (found.door.kind === 'action' && ofOthers(found) !== undefined);
}

function ofOthers({ door }: FoundDoor) {
  return rowIn(actionRows, door.name).ofOthers;
}

/** What a cell must come to, by the tables of entry points and permissions and the place of the record alone. */
export function expectedEnding(found: FoundDoor, role: Role | 'anonymous', place: Place): Ending {
  const { needs, subject } = rowOf(found);
  if (needs === 'public') return 'shown';
  if (role === 'anonymous') return 'signed-out';
  const { kind } = found.door;
  const within = !namesRecord(found) || isInReach(place.relation);
  if (needs === 'signed-in') {
    if (kind !== 'action' || place.relation === 'own') return 'shown';
    return ofOthers(found) === 'not-there' ? 'not-there' : 'shown';
  }
  if (roleHolds(role, needs)) return within ? 'shown' : 'not-there';
  if (kind === 'page') return 'not-there';
  // A handler asks for the role first; an action looks for the record first, and what is not there is never forbidden.
  return kind === 'handler' || subject === 'branch' || within ? 'forbidden' : 'not-there';
}

/** The questions to a door as somebody, about a place: one, or one per query of its row. Makes the records they name. */
export async function prepare(
  found: FoundDoor,
  world: World,
  {
    role,
    place,
    everyQuery,
  }: { readonly role: Role | 'anonymous'; readonly place: Place; readonly everyQuery: boolean },
): Promise<readonly Question[]> {
  const asker = role === 'anonymous' ? 'viewer' : role;
  const cell: Cell = { world, place, role: asker, userId: world.people[asker] };
  const address = addressOf(found);
  const questions: Question[] = [];
  const queries = queriesOf(address, place);
  // As the weakest role that may ask every query of a row; as the others the first two, for the difference is the role.
  const enough = everyQuery || role === weakestHolder(found) ? queries : queries.slice(0, 2);
  for (const query of enough) {
    const input = found.door.kind === 'action' ? await rowIn(actionRows, found.door.name).input(cell) : {};
    questions.push({ place, role, input, params: address.params?.(place) ?? {}, query });
  }
  return questions;
}

function weakestHolder(found: FoundDoor): Role | undefined {
  const { needs } = rowOf(found);
  return (needs === 'public' || needs === 'signed-in' ? roles : rolesHolding(needs)).at(-1);
}

/**
 * Puts questions to their door, one after the other. Each action has a session of its own, for some of them end it; what
 * only reads has one for each person.
 */
export async function ask(
  found: FoundDoor,
  { people, database }: Pick<World, 'people'> & { readonly database: TestDatabase },
  questions: readonly Question[],
): Promise<readonly Asked[]> {
  const sessions = new Map<string, string>();
  const answered: (Omit<Asked, 'entries'> & { readonly begun: string; readonly userId: string | null })[] = [];
  for (const question of questions) {
    askedSoFar += JSON.stringify([question.input, question.params, question.query]);
    // Ids of entries are made in this process and rise, so this one stands before those of the question.
    const begun = uuidv7();
    const userId = question.role === 'anonymous' ? null : people[question.role];
    if (userId !== null && (found.door.kind === 'action' || !sessions.has(userId)))
      sessions.set(userId, await addSession(userId));
    await beginRequest({ sessionId: userId === null ? null : (sessions.get(userId) ?? null) });
    answered.push({ ...question, answer: await openDoor(found, question), begun, userId });
  }
  const entries = await database.readAll<{ id: string; actor_id: string; action: string }>({
    name: 'entries-since',
    text: 'select id, actor_id, action from audit_entry where actor_id = any ($1) and id > $2',
    values: [Object.values(people), answered[0]?.begun],
  });
  return answered.map(({ begun, userId, ...one }, index) => {
    const next = answered[index + 1]?.begun;
    const own = entries.filter(
      ({ id, actor_id }) => actor_id === userId && id > begun && (next === undefined || id < next),
    );
    return { ...one, entries: own.map(({ action }) => action) };
  });
}

type Opening = Pick<Question, 'params' | 'query'> & { readonly input?: unknown };

/** Calls what Next calls, within the request that was begun. */
export async function openDoor(found: FoundDoor, opening: Opening): Promise<Answer> {
  switch (found.door.kind) {
    case 'page':
      return openPage(found, opening);
    case 'handler':
      return openHandler(found, opening);
    case 'action':
      return openAction(found, opening.input);
    default: {
      const never: never = found.door.kind;
      return never;
    }
  }
}

const resultSchema = z.union([z.object({ ok: z.literal(true) }), z.object({ ok: z.literal(false), code: z.string() })]);
const endingOfCode: Readonly<Record<string, Ending>> = {
  'not-found': 'not-there',
  forbidden: 'forbidden',
  'signed-out': 'signed-out',
};

/** Calls an action within the request that was begun. */
export async function openAction({ open }: FoundDoor, input: unknown): Promise<Answer> {
  const answer = await open(input);
  const result = resultSchema.parse(answer);
  await finishRequest();
  const ending = result.ok ? 'shown' : (endingOfCode[result.code] ?? (`failed ${JSON.stringify(answer)}` as const));
  return { ending, text: JSON.stringify(answer) };
}

async function openHandler({ open, door }: FoundDoor, { params, query }: Opening): Promise<Answer> {
  const url = `http://localhost${door.name}?${new URLSearchParams(query)}`;
  const response = z.instanceof(Response).parse(await open(new Request(url), { params: Promise.resolve(params) }));
  const endingOfStatus: Readonly<Record<number, Ending>> = {
    200: 'shown',
    401: 'signed-out',
    403: 'forbidden',
    404: 'not-there',
  };
  const text = await response.text();
  return { ending: endingOfStatus[response.status] ?? `failed ${response.status}`, text };
}

async function openPage({ open, module }: FoundDoor, { params, query }: Opening): Promise<Answer> {
  const props = { params: Promise.resolve(params), searchParams: Promise.resolve(query) };
  const texts: string[] = [];
  // The title is made apart from the page, and reaches the browser as well.
  for (const part of [module.generateMetadata, open]) {
    if (typeof part !== 'function') continue;
    const stop = await stopped(async () => {
      texts.push(await shownText(await Reflect.apply(part, undefined, [props, Promise.resolve({})])));
    });
    if (stop !== null && part === open) return { ...stop, text: [...texts, stop.text].join('\n') };
  }
  return { ending: 'shown', text: texts.join('\n') };
}

/** How Next's notFound() and redirect() end a page, with the address it leads to; null when they were not called. */
async function stopped(draw: () => Promise<void>): Promise<Answer | null> {
  try {
    await draw();
    return null;
  } catch (error) {
    const digest = typeof error === 'object' && error !== null && 'digest' in error ? String(error.digest) : '';
    if (digest.startsWith('NEXT_HTTP_ERROR_FALLBACK;404')) return { ending: 'not-there', text: '' };
    const [, address] = /^NEXT_REDIRECT;\w+;(.*);\d+;$/.exec(digest) ?? [];
    if (address === undefined) throw error;
    return address.startsWith('/sign-in?') ? { ending: 'signed-out', text: '' } : { ending: 'shown', text: address };
  }
}

/** What has been asked so far, by whomever: an entry about a refused access repeats it. */
let askedSoFar = '';

/** Everything that must not reach this person: markers and ids of partners outside the reach, but what was asked with. */
export function leaked(found: FoundDoor, asked: Asked, forbidden: readonly string[]): readonly string[] {
  const { answer, input, params, query } = asked;
  const given = addressOf(found).retells === true ? askedSoFar : JSON.stringify({ input, params, query });
  // Most tokens are ids: they are picked out of a long text once.
  const ids = new Set(answer.text.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g));
  return forbidden.filter(
    (token) => (ids.has(token) || (!isUuid(token) && answer.text.includes(token))) && !given.includes(token),
  );
}

/** Markers and ids of what lies outside the reach, as the database knows them now. */
export async function forbiddenTokens({ places, outsideIds, sharedConnectionId }: World): Promise<readonly string[]> {
  const within = { partnerId: { in: [...outsideIds] } };
  const ids = await asSystem('seed', async (tx) => [
    ...(await tx.customer.findMany({ where: within, select: { id: true } })),
    ...(await tx.attempt.findMany({ where: within, select: { id: true } })),
    ...(await tx.onboarding.findMany({ where: within, select: { id: true } })),
    ...(await tx.user.findMany({ where: within, select: { id: true } })),
    ...(await tx.mapping.findMany({ where: within, select: { id: true } })),
    ...(await tx.auditEntry.findMany({ where: within, select: { id: true } })),
    ...(await tx.connection.findMany({ where: { ...within, id: { not: sharedConnectionId } }, select: { id: true } })),
  ]);
  const markers = relations.filter((relation) => !isInReach(relation)).map((relation) => places[relation].marker);
  return [...markers, ...ids.map(({ id }) => id)];
}

/** Does a question name a record, or a list's filter something of its place? */
export function isAbout({ place, input, params, query }: Question): boolean {
  const { relation: _, ...named } = place;
  const given = JSON.stringify({ input, params, query });
  return Object.values(named).some((token) => given.includes(token)) || /[0-9a-f]{8}-[0-9a-f]{4}-7/.test(given);
}

/** A text with what it was asked with, and instants, left out: the same for what is foreign and what is absent. */
export function withoutQuestion({ answer, place, input, params, query }: Asked): string {
  const given = JSON.stringify({ input, params, query });
  const { relation: _, ...named } = place;
  const tokens = Object.values(named)
    .filter((token) => given.includes(token))
    .sort((left, right) => right.length - left.length);
  const bare = tokens.reduce((text, token) => text.replaceAll(token, '·'), answer.text);
  return bare.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'instant');
}

/** Must a question to a list find something, when its place is within reach? People and partners are found by few. */
export function mustFind({ query, place: { userId, partnerId, relation: _, belowId: __, ...named } }: Asked): boolean {
  const asked = Object.values(query).filter((value) => value !== userId && value !== partnerId);
  return asked.some((value) => Object.values(named).some((token) => value.includes(token)));
}

/** The entry that a success at this door must leave (S6), or null. */
export function expectedEntry({ door }: FoundDoor): string | null {
  if (door.kind === 'page') return null;
  const { audits } = door.kind === 'action' ? rowIn(actionRows, door.name) : rowIn(handlerRows, door.name);
  return typeof audits === 'string' ? audits : null;
}

/** Who asks: the three roles, and nobody. */
export const askers = [...roles, 'anonymous'] as const;

/** Whose record: the places of the tree and one that does not exist; one's own where nothing else can be named. */
export function placesFor(found: FoundDoor, world: World, role: Role | 'anonymous'): readonly Place[] {
  const { own, absent } = world.places;
  const addressed = addressOf(found).queries !== undefined;
  if (!namesRecord(found) && !addressed) return [own];
  // Nobody has no relation to anything: one record that is there and one that is not.
  return role === 'anonymous' ? [own, absent] : Object.values(world.places);
}
