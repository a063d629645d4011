import 'server-only';
import type pg from 'pg';
import { getConstructionPlans, getMigrationPlans, PgBoss, type Queue } from 'pg-boss';
import packageJson from 'pg-boss/package.json' with { type: 'json' };

/** pg-boss's tables live in a schema of their own, which the owner login makes and the serving login only works in. */
export const queueSchema = 'pgboss';

/** Looks an unknown attempt up at its vendor. A job names the attempt; one per attempt waits or runs at a time. */
export const lookUpQueue = 'look-up';

const queues: readonly Queue[] = [
  {
    name: lookUpQueue,
    policy: 'exclusive',
    // Longer than a look-up may take (30 s): a worker that is silent for so long is taken for dead, and another does it.
    expireInSeconds: 45,
    retryLimit: 5,
    retryDelay: 2,
    retryBackoff: true,
    // Nothing is lost with a job: the sweep makes it again of the attempt's own rows.
    retentionSeconds: 86_400,
    deleteAfterSeconds: 3_600,
  },
];

/** What an instance of pg-boss gets that neither migrates nor does anything by itself. */
export const idleBoss = { schema: queueSchema, migrate: false, supervise: false, schedule: false } as const;

// The role that works without an actor works in the queue too; a person's requests have no business there. It owns
// nothing, makes no queue and drops none, and the version is the owner's to set.
const grants = `
  GRANT USAGE ON SCHEMA ${queueSchema} TO quayside_system;
  GRANT SELECT ON ALL TABLES IN SCHEMA ${queueSchema} TO quayside_system;
  GRANT INSERT, UPDATE, DELETE ON ${queueSchema}.job, ${queueSchema}.job_common TO quayside_system;
  GRANT DELETE ON ${queueSchema}.job_dependency TO quayside_system;
  GRANT UPDATE ON ${queueSchema}.queue TO quayside_system;
  GRANT UPDATE (cron_on, bam_on, flow_on, reindex_on, monitor_backoff_on) ON ${queueSchema}.version TO quayside_system;`;

/** The version of pg-boss's schema in this database, or null when it is not there (or not to be seen). */
async function versionIn(client: pg.Client): Promise<number | null> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM pg_namespace WHERE nspname = $1 AND has_schema_privilege(oid, 'USAGE')`,
    [queueSchema],
  );
  if (rowCount === 0) return null;
  const { rows } = await client.query<{ version: number }>(`SELECT version FROM ${queueSchema}.version`);
  return rows[0]?.version ?? null;
}

/**
 * Makes pg-boss's schema and our queues, or brings them up to date, and gives the serving role the rights it needs.
 * Index builds run here too, and not in some worker afterwards.
 * @param client the owner login
 */
export async function installJobQueue(client: pg.Client): Promise<void> {
  const found = await versionIn(client);
  const wanted = packageJson.pgboss.schema;
  if (found === null) await client.query(getConstructionPlans(queueSchema));
  else if (found < wanted) await client.query(getMigrationPlans(queueSchema, found));
  const boss = new PgBoss({ ...idleBoss, db: { executeSql: (text, values) => client.query(text, values) } });
  const errors: Error[] = [];
  boss.on('error', (error) => errors.push(error));
  await boss.start();
  try {
    for (const { name, policy, ...options } of queues) {
      await boss.createQueue(name, { ...options, ...(policy === undefined ? {} : { policy }) });
      // A queue that is there already keeps its old settings otherwise.
      await boss.updateQueue(name, options);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  const [error] = errors;
  if (error !== undefined) throw error;
  await client.query(grants);
}

/** What of the queue is missing for a worker, in a sentence, or null. Asked as the serving role. */
export async function jobQueueProblem(client: pg.Client): Promise<string | null> {
  const found = await versionIn(client);
  if (found === packageJson.pgboss.schema) return null;
  return found !== null && found > packageJson.pgboss.schema
    ? 'The queue of jobs belongs to a newer version of the portal.'
    : 'The queue of jobs is missing or out of date: run "npm run migrate".';
}
