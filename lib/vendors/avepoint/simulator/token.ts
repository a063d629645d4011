import { randomBytes } from 'node:crypto';
import { type ApiAnswer, type ApiRequest, header } from '../../simulator/request';
import { permissions, type SimulatorState } from './state';

/** IdentityServer's token endpoint (vendor-apis.md 1.2). */
export const tokenPath = '/connect/token';

export const isTokenRequest = (request: ApiRequest) => request.path.toLowerCase() === tokenPath;

/** Token errors are OAuth 2's, with HTTP 400 (1.2, inferred). */
export const tokenError = (error: string): ApiAnswer => ({ status: 400, json: { error } });

/** IdentityServer's default limit for the length of the scope string (1.2). */
const longestScope = 300;

export function answerToken(request: ApiRequest, state: SimulatorState): ApiAnswer {
  if (request.method !== 'POST') return { status: 405 };
  if (!/^application\/x-www-form-urlencoded\b/i.test(header(request, 'content-type') ?? '')) {
    return tokenError('invalid_request');
  }
  const form = new URLSearchParams(request.body.toString('utf8'));
  const app = state.data.apps.find((one) => one.clientId === form.get('client_id'));
  if (app === undefined || app.clientSecret !== form.get('client_secret')) return tokenError('invalid_client');
  const grantType = form.get('grant_type') ?? '';
  if (grantType === '') return tokenError('invalid_request');
  if (grantType !== 'client_credentials') return tokenError('unsupported_grant_type');
  const scope = form.get('scope') ?? '';
  const scopes = scope.split(' ').filter((one) => one !== '');
  const known: readonly string[] = permissions;
  const allowed = scopes.every((one) => known.includes(one) && app.permissions.includes(one));
  if (scopes.length === 0 || scope.length > longestScope || !allowed) return tokenError('invalid_scope');
  const token = `eyJhbGciOiJSUzI1NiJ9.${randomBytes(96).toString('base64url')}.${randomBytes(32).toString('base64url')}`;
  state.issue(token, app, scopes);
  return {
    status: 200,
    json: {
      access_token: token,
      expires_in: state.data.tokenLifeSeconds,
      token_type: 'Bearer',
      scope: scopes.join(' '),
    },
  };
}
