import { isDatabaseAnswering } from '@/lib/db/is-database-answering';

/** Is the portal able to work? Says nothing more to anybody. */
export async function GET(): Promise<Response> {
  const ok = await isDatabaseAnswering();
  return Response.json({ status: ok ? 'ok' : 'unavailable' }, { status: ok ? 200 : 503 });
}
