import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { requestFacts } from '@/lib/actions/request-facts';
import { authOptions } from '@/lib/auth/options';

interface Context {
  readonly params: Promise<{ nextauth: string[] }>;
}

/** Of next-auth's endpoints, the ones in use; the rest (providers, its own pages, its log) is not there. */
const reads = new Set(['csrf', 'session', 'signin', 'error']);
const acts = new Set(['callback/credentials', 'signout']);

async function answer(request: NextRequest, context: Context, open: ReadonlySet<string>): Promise<Response> {
  const params = await context.params;
  if (!open.has(params.nextauth.join('/'))) return new Response(null, { status: 404 });
  return NextAuth(request, { params }, authOptions());
}

export async function GET(request: NextRequest, context: Context): Promise<Response> {
  return answer(request, context, reads);
}

/** next-auth has a token against foreign posts; where the request comes from is asked as well, as for every act. */
export async function POST(request: NextRequest, context: Context): Promise<Response> {
  const { sameOrigin } = await requestFacts();
  if (!sameOrigin) return Response.json({ code: 'wrong-origin' }, { status: 403 });
  return answer(request, context, acts);
}
