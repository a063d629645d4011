import 'server-only';
import { database } from './client';

/** Does the database answer the login that serves pages? Never throws. */
export async function isDatabaseAnswering(): Promise<boolean> {
  try {
    await database('quayside_actor').pool.query('select 1');
    return true;
  } catch {
    return false;
  }
}
