import 'server-only';
import { startPostgres } from '@/lib/db/embedded-postgres';

// A run of ours that a test can kill: starts the cluster of the folder given and says so.
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Give the folder of the cluster.');
const { superUrl, home } = await startPostgres({ folder, durable: true });
console.log(JSON.stringify({ superUrl, home }));
