import { type ApiAnswer, type ApiRequest, parseBody } from '../../simulator/request';
import { invalidClient, oauthError, refusal } from './answers';
import type { SimulatorState } from './state';

/** CloudLX's OAuth server (vendor-apis.md 4.2). */
export const accessPath = '/api/oauth2/access-token';
export const refreshPath = '/api/oauth2/refresh-token';

export const isTokenRequest = (request: ApiRequest) => request.path === accessPath || request.path === refreshPath;

/** JSON, form and query string are all in use by clients (4.2). */
function readFields(request: ApiRequest): (name: string) => string | null {
  const json = parseBody(request.body);
  const form = new URLSearchParams(json === null ? request.body.toString('utf8') : '');
  return (name) => {
    const value = json?.[name];
    return typeof value === 'string' ? value : (form.get(name) ?? request.query.get(name));
  };
}

export function answerToken(request: ApiRequest, state: SimulatorState): ApiAnswer {
  if (request.method !== 'POST') return { ...refusal(405), headers: { allow: 'POST' } };
  const field = readFields(request);
  const wanted = request.path === refreshPath ? 'refresh_token' : 'client_credentials';
  const grantType = field('grant_type');
  if (grantType === null) return oauthError(400, 'invalid_request', 'The "grant_type" parameter is missing.');
  if (grantType !== wanted) {
    return oauthError(400, 'unsupported_grant_type', `The authorization grant type "${grantType}" is not supported.`);
  }
  const client = state.data.clients.find((one) => one.clientId === field('client_id'));
  if (client === undefined || client.clientSecret !== field('client_secret')) return invalidClient();
  if (wanted === 'refresh_token') {
    const refresh = field('refresh_token');
    if (refresh === null) return oauthError(400, 'invalid_request', 'The "refresh_token" parameter is missing.');
    if (state.redeem(refresh, client) === null)
      return oauthError(400, 'invalid_grant', 'The refresh token is invalid.');
  }
  const { access, refresh } = state.issue(client);
  return {
    status: 200,
    json: {
      access_token: access,
      // The grant's name where one would expect "Bearer", as in the vendor's SDK.
      token_type: wanted,
      expires_in: state.data.accessLifeSeconds,
      refresh_token: refresh,
    },
  };
}
