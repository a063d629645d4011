import 'server-only';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';

const usage =
  'Usage: npm run create-admin -- --email <address> --name <name> [--partner-name <host partner>]\n' +
  'The password is asked for, or taken from QUAYSIDE_ADMIN_PASSWORD.';

/** Asks on the terminal without showing what is typed. */
async function askPassword(): Promise<string> {
  if (!process.stdin.isTTY)
    throw new Error('There is no terminal to ask for the password: set QUAYSIDE_ADMIN_PASSWORD.');
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: process.stdin, output: silent, terminal: true });
  const ask = async (question: string): Promise<string> => {
    process.stderr.write(question);
    const answer = await prompt.question('');
    process.stderr.write('\n');
    return answer;
  };
  try {
    const password = await ask('Password: ');
    if (password !== (await ask('Once more: '))) throw new Error('The two passwords differ.');
    return password;
  } finally {
    prompt.close();
  }
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: { email: { type: 'string' }, name: { type: 'string' }, 'partner-name': { type: 'string' } },
  });
  const { email, name, 'partner-name': partnerName } = values;
  if (email === undefined || name === undefined) throw new Error(usage);
  const password = process.env.QUAYSIDE_ADMIN_PASSWORD ?? (await askPassword());
  const { createAdmin } = await import('@/lib/users/create-admin');
  const { closeDatabases } = await import('@/lib/db/client');
  try {
    await createAdmin({ email, name, password, ...(partnerName === undefined ? {} : { partnerName }) });
  } finally {
    await closeDatabases();
  }
  console.log(`${email} can sign in as admin.`);
}

try {
  await run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
