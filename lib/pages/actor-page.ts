import 'server-only';
import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { recordDeniedAccess } from '../audit/record-denied-access';
import { type Actor, currentActor } from '../auth/actor';
import { markDoor } from '../auth/doors';
import { type PagePath, pages } from '../auth/entry-points';
import { requireHeld } from '../auth/require-held';
import { Forbidden, NotFound } from '../errors';

export interface PageInput {
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
  /** The query as plain text; of a repeated parameter the first value counts. */
  readonly search: Readonly<Record<string, string>>;
  /** The same with every value of a repeated parameter: what lists read their filters from. */
  readonly query: URLSearchParams;
}

interface NextPageProps {
  readonly params?: Promise<Record<string, string | string[] | undefined>>;
  readonly searchParams?: Promise<Record<string, string | string[] | undefined>>;
}

function firstValues(values: Record<string, string | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(values).map(([key, value]) => [key, Array.isArray(value) ? value[0] : value] as const);
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
}

function allValues(values: Record<string, string | string[] | undefined>): URLSearchParams {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) {
    for (const each of Array.isArray(value) ? value : [value]) if (each !== undefined) query.append(key, each);
  }
  return query;
}

/**
 * The one way to write a page of the portal: session, permission, load, show. Somebody not signed in goes to the sign-in
 * page and comes back; what is not there, not in the branch, or not for the role looks the same.
 * @param path the page's row in `entry-points.ts`
 * @param load fetches everything the page shows, as the actor
 * @param show makes the page of it
 */
export function actorPage<Data, View>(
  path: PagePath,
  load: (input: PageInput) => Promise<Data>,
  show: (data: Data, input: PageInput) => View | Promise<View>,
): (props: NextPageProps) => Promise<View> {
  return markDoor({ kind: 'page', name: path }, async (props: NextPageProps) => {
    const actor = await currentActor();
    if (actor === null)
      return redirect(`/sign-in?next=${encodeURIComponent((await headers()).get('x-quayside-path') ?? '/')}`);
    const params = firstValues((await props.params) ?? {});
    const asked = (await props.searchParams) ?? {};
    const input: PageInput = { actor, params, search: firstValues(asked), query: allValues(asked) };
    try {
      requireHeld(actor, pages[path].needs);
      return await show(await load(input), input);
    } catch (error) {
      if (!(error instanceof NotFound || error instanceof Forbidden)) throw error;
      await recordDeniedAccess(
        actor,
        `page ${path}`,
        error instanceof NotFound ? 'not-found' : 'forbidden',
        Object.values(params).join(' '),
      );
      return notFound();
    }
  });
}
