import { requestFacts } from '@/lib/actions/request-facts';
import { acceptInvitation } from '@/lib/users/accept-invitation';

/** More than a token and the longest password. */
const mostCharacters = 4_000;

/**
 * Sets the first password of somebody who was invited: for nobody signed in, hence no action. Answers how it ended; a link
 * that never was and one that opens no more are answered alike.
 */
export async function POST(request: Request): Promise<Response> {
  if (!(await requestFacts()).sameOrigin) return Response.json({ kind: 'gone' }, { status: 403 });
  const text = await request.text();
  return Response.json(await acceptInvitation(text.length > mostCharacters ? null : parse(text)));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
