import 'server-only';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roles } from '../auth/permissions';
import { closeDatabases } from '../db/client';
import { closeVendors } from '../vendors/registry';
import type { TestDatabase } from './database';
import { type FoundDoor, findDoors } from './entry-files';
import {
  type Asked,
  ask,
  askers,
  expectedEnding,
  expectedEntry,
  forbiddenTokens,
  isAbout,
  leaked,
  mustFind,
  placesFor,
  prepare,
  type Question,
  withoutQuestion,
} from './matrix';
import { isInReach, type Place } from './matrix-place';
import { makeWorld, type World } from './matrix-world';
import { changedTables, printsOf } from './row-prints';

/**
 * The tests of one matrix, one per door. In each cell nothing of another branch is shown, and no row of another branch is
 * written. With `exact` as every role, and also: the ending is what the tables say, foreign looks like absent, what is within
 * is found, and each change, export and refusal has its audit entry.
 */
export async function describeMatrix({
  title,
  database,
  exact,
  takeAway = async () => undefined,
}: {
  readonly title: string;
  readonly database: TestDatabase;
  readonly exact: boolean;
  /** What is taken out of the way once the world stands. */
  readonly takeAway?: () => Promise<void>;
}): Promise<void> {
  // Lists first: what every action leaves would only make them longer.
  const doors = (await findDoors()).toSorted((left, right) => orderOf(left) - orderOf(right));
  let world: World;
  let cells = 0;

  beforeAll(async () => {
    world = await makeWorld();
    await takeAway();
  });

  afterAll(async () => {
    process.stdout.write(`${title}: ${cells} cells of ${doors.length} doors\n`);
    await closeVendors();
    await world.simulator.stop();
    await world.avepoint.stop();
    await closeDatabases();
    await database.drop();
  });

  describe(title, () => {
    test.each(doors.map((found) => [`${found.door.kind} ${found.door.name}`, found] as const))(
      '%s',
      async (_, found) => {
        const questions = await prepareAll(found, world, { exact });
        const before = await printsOf(database, world.outsideIds);
        const asked = await ask(found, { ...world, database }, questions);
        const written = changedTables(before, await printsOf(database, world.outsideIds));
        cells += asked.length;
        const forbidden = await forbiddenTokens(world);
        const wrong = asked.flatMap((one) =>
          [
            ...leaked(found, one, forbidden).map((token) => `shows ${token}`),
            ...(exact ? inexact(found, one, twinOf(one, asked)) : []),
          ].map((words) => `${one.role} ${one.place.relation} ${JSON.stringify(one.query)}: ${words}`),
        );
        expect({ wrong, written }).toEqual({ wrong: [], written: [] });
      },
    );
  });
}

const orderOf = ({ door }: FoundDoor): number => ['page', 'handler', 'action'].indexOf(door.kind);

/** The questions to a door: about each place as every role, or with the roles taking turns where none of them counts. */
async function prepareAll(
  found: FoundDoor,
  world: World,
  { exact }: { readonly exact: boolean },
): Promise<readonly Question[]> {
  const cells = askers.flatMap((role) => placesFor(found, world, role).map((place) => ({ role, place })));
  const questions: Question[] = [];
  for (const { role, place } of exact ? cells : inTurns(cells)) {
    questions.push(...(await prepare(found, world, { role, place, everyQuery: !exact })));
  }
  return questions;
}

type AskedCell = { readonly role: (typeof askers)[number]; readonly place: Place };

/**
 * One role for each place, and nobody: without the application's checks everybody may what an admin may, and the database
 * knows no roles. What is absent is there to be compared with; alone it shows nothing of anybody.
 */
function inTurns(cells: readonly AskedCell[]): readonly AskedCell[] {
  const kept = cells.filter(({ place }) => place.relation !== 'absent');
  const places = [...new Set(kept.map(({ place }) => place))];
  return kept.filter(({ role, place }) => role === 'anonymous' || role === roles[places.indexOf(place) % roles.length]);
}

/** The same question about what does not exist. */
function twinOf(one: Asked, asked: readonly Asked[]): Asked | undefined {
  const alike = (place: Asked['place']) => asked.filter((other) => other.role === one.role && other.place === place);
  const index = alike(one.place).indexOf(one);
  return asked.filter((other) => other.role === one.role && other.place.relation === 'absent')[index];
}

function inexact(found: FoundDoor, asked: Asked, twin: Asked | undefined): readonly string[] {
  const { ending } = asked.answer;
  const within = isInReach(asked.place.relation);
  const expected = expectedEnding(found, asked.role, asked.place);
  const refused = ending === 'not-there' || ending === 'forbidden' ? 'access.denied' : null;
  const entry = ending === 'shown' ? expectedEntry(found) : refused;
  const unrecorded = asked.role !== 'anonymous' && entry !== null && !asked.entries.includes(entry);
  const like = twin !== undefined && withoutQuestion(asked) === withoutQuestion(twin) && ending === twin.answer.ending;
  return [
    ...(ending === expected ? [] : [`${ending} instead of ${expected}`]),
    ...(unrecorded ? [`leaves no entry ${entry}`] : []),
    ...(twin !== undefined && !within && isAbout(asked) && !like ? ['does not look like what is absent'] : []),
    ...(within && ending === 'shown' && mustFind(asked) && like ? ['finds nothing'] : []),
  ];
}
