import 'server-only';
import { type ConstructorOptions, PgBoss } from 'pg-boss';
import { systemQuery } from '../db/as-system';
import { idleBoss } from '../db/job-queue';
import { log } from '../log';

/**
 * Opens the queue of jobs over the pool that serves work without an actor. It makes and changes nothing of its schema.
 * @param options what this process does for the queue besides, such as `supervise`
 * @throws Error when the queue is missing or of another version
 */
export async function openQueue(options: Pick<ConstructorOptions, 'supervise'> = {}): Promise<PgBoss> {
  const boss = new PgBoss({
    ...idleBoss,
    // Jobs of a worker that died are found so soon.
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    // The owner's to do: this role may not.
    reindex: false,
    monitorVacuum: false,
    ...options,
    db: { executeSql: (text, values) => systemQuery('keep the queue of jobs', text, values) },
  });
  // While the database is away every poll fails, and the next one asks again.
  boss.on('error', (error) => log.warn({ error }, 'the queue of jobs could not be read or written'));
  await boss.start();
  return boss;
}
