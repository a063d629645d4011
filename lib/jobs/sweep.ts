import 'server-only';
import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import { systemStatement } from '../db/as-system';
import { lookUpQueue } from '../db/job-queue';
import { lookedUpOperations, nextLookUpAt, unknownSince } from '../onboarding/look-up-schedule';

/** What is due within so long is put into the queue already: it then waits there, and not for the next sweep. */
const aheadMs = 15_000;
/** Most jobs put into the queue at once, the earliest first. */
const most = 500;
/** Days that a draft is kept after it was last saved. */
const draftDays = 30;

const unknownSchema = z.object({
  id: z.string(),
  connection_id: z.string(),
  closed_at: z.date().nullable(),
  deadline: z.date(),
  done: z.number(),
  now: z.date(),
});

/** A look-up that is due. */
interface Due {
  readonly attemptId: string;
  readonly connectionId: string;
  readonly at: Date;
}

/**
 * The look-ups that are due soon, from the attempts' own rows: whatever became of the process that sent them, and of any
 * queue, an attempt that reads as unknown is found here.
 * @param at the moment it is, for tests; absent: the database's clock
 */
export async function dueLookUps(at?: Date): Promise<readonly Due[]> {
  const rows = await systemStatement('look up unknown attempts', {
    name: 'look_ups_due',
    text: `select a.id, a.connection_id, a.closed_at, a.deadline, asked.now, coalesce(max(l.number), 0) as done
      from (select coalesce($1::timestamptz, clock_timestamp()) as now) asked, attempt a
      left join attempt_look_up l on l.attempt_id = a.id
      where a.undecided and not a.contradicted and a.operation = any ($2::text[])
        and (a.state = 'unknown' or (a.state = 'sent' and a.deadline <= asked.now))
      group by a.id, asked.now`,
    values: [at ?? null, lookedUpOperations],
  });
  return rows
    .map((row) => unknownSchema.parse(row))
    .flatMap(({ id, connection_id, closed_at: closedAt, deadline, done, now }) => {
      const due = nextLookUpAt(unknownSince({ closedAt, deadline }), done);
      const soon = due !== null && due.getTime() <= now.getTime() + aheadMs;
      return soon ? [{ attemptId: id, connectionId: connection_id, at: due }] : [];
    })
    .sort((left, right) => left.at.getTime() - right.at.getTime());
}

/**
 * Puts the look-ups that are due into the queue; one that waits or runs there already is left alone. Deletes what has
 * outlived its purpose: initial secrets of attempts that are past their deadline, drafts that nobody saved for 30 days, and
 * what plans of partners read a day ago.
 * May run in any number of processes at once.
 */
export async function sweep(boss: PgBoss, at?: Date): Promise<void> {
  const due = await dueLookUps(at);
  if (due.length > 0) {
    const jobs = due.slice(0, most).map(({ attemptId, connectionId, at: startAfter }) => ({
      data: { attemptId },
      singletonKey: attemptId,
      group: { id: connectionId },
      startAfter,
    }));
    await boss.insert(lookUpQueue, jobs);
  }
  await deleteOutlived(at);
}

async function deleteOutlived(at: Date | undefined): Promise<void> {
  await systemStatement('delete what has outlived its purpose', {
    name: 'delete_outlived',
    text: `with asked as (select coalesce($1::timestamptz, clock_timestamp()) as now),
      secrets as (
        delete from attempt_secret s using attempt a, asked where a.id = s.attempt_id and a.deadline <= asked.now),
      evidence as (
        delete from partner_evidence e using asked where e.read_at < asked.now - make_interval(days => 1))
      delete from draft d using asked where d.saved_at < asked.now - make_interval(days => $2::integer)`,
    values: [at ?? null, draftDays],
  });
}
