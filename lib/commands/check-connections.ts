import 'server-only';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What start-up looks at in a vendor connection, from a file or from the database. */
const declaredConnectionSchema = z.object({
  key: z.string(),
  baseUrl: z.string(),
  tokenUrl: z.string().nullish(),
  sandbox: z.boolean().default(false),
});

/** A vendor connection, as far as start-up looks at it. */
export type DeclaredConnection = z.infer<typeof declaredConnectionSchema>;

/** The faults of these connections under the installation's rule, a sentence each. */
export function connectionProblems({
  connections,
  sandbox,
  source,
}: {
  connections: DeclaredConnection[];
  sandbox: boolean;
  source: string;
}): string[] {
  return connections.flatMap((connection) => {
    const name = `The connection "${connection.key}" in ${source}`;
    if (connection.sandbox) {
      return sandbox ? [] : [`${name} is marked sandbox, but QUAYSIDE_SANDBOX is off.`];
    }
    const addresses = [connection.baseUrl, connection.tokenUrl ?? undefined].filter((url) => url !== undefined);
    const plain = addresses.find((url) => URL.parse(url)?.protocol !== 'https:');
    return plain === undefined ? [] : [`${name} does not use https and is not marked sandbox.`];
  });
}

/** Reads the declared connections and returns their faults; a file that cannot be read or parsed is one. */
export function connectionsFileProblems({ file, sandbox }: { file: string; sandbox: boolean }): string[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'it is not JSON' : 'it cannot be read';
    return [`QUAYSIDE_CONNECTIONS_FILE names ${file}, but ${reason}.`];
  }
  const parsed = z.array(declaredConnectionSchema).safeParse(content);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return [
      `QUAYSIDE_CONNECTIONS_FILE names ${file}, but at ${issue?.path.join('.') || 'its top'}: ${issue?.message}.`,
    ];
  }
  return connectionProblems({ connections: parsed.data, sandbox, source: file });
}
