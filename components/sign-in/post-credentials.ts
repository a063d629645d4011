/** How a sign-in ended, as the page needs to know it. */
export type SignInAnswer =
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'throttled'; readonly waitSeconds: number }
  | { readonly kind: 'failed' };

async function readText(response: Response, key: string): Promise<string | null> {
  const body: unknown = await response.json();
  if (typeof body !== 'object' || body === null) return null;
  const value: unknown = Object.entries(body).find(([name]) => name === key)?.[1];
  return typeof value === 'string' ? value : null;
}

/** Signs in at next-auth's own endpoints: its token against foreign posts first, then e-mail and password. */
export async function postCredentials(credentials: { email: string; password: string }): Promise<SignInAnswer> {
  try {
    const csrfToken = await readText(await fetch('/api/auth/csrf', { cache: 'no-store' }), 'csrfToken');
    if (csrfToken === null) return { kind: 'failed' };
    const response = await fetch('/api/auth/callback/credentials', {
      method: 'POST',
      body: new URLSearchParams({ ...credentials, csrfToken, json: 'true' }),
    });
    const url = URL.parse((await readText(response, 'url')) ?? '');
    if (response.ok && url !== null && !url.searchParams.has('csrf')) return { kind: 'signed-in' };
    return toAnswer(url?.searchParams.get('error') ?? null);
  } catch {
    return { kind: 'failed' };
  }
}

function toAnswer(error: string | null): SignInAnswer {
  if (error === 'CredentialsSignin') return { kind: 'refused' };
  const waitSeconds = /^throttled\.(\d{1,6})$/.exec(error ?? '')?.[1];
  return waitSeconds === undefined ? { kind: 'failed' } : { kind: 'throttled', waitSeconds: Number(waitSeconds) };
}
