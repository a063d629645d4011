import { randomBytes, randomUUID } from 'node:crypto';
import type { ApiAnswer, ApiRequest } from '../../simulator/request';
import type { SimulatorState } from './state';

/** Microsoft Entra's token endpoint as Cloud Cockpit's documentation uses it (vendor-apis.md 2.2). */
export const tokenPath = '/4e806121-ff28-4286-ab4e-3be0a08f9ce0/oauth2/v2.0/token';

/** Entra takes any tenant's id or domain in the path, and answers below `common` and the like too. */
export const isTokenRequest = (request: ApiRequest) => /\/oauth2\/v2\.0\/token$/i.test(request.path);

export function entraError(status: number, error: string, code: number, description: string): ApiAnswer {
  return {
    status,
    json: {
      error,
      error_description: `AADSTS${code}: ${description}`,
      error_codes: [code],
      timestamp: new Date().toISOString(),
      trace_id: randomUUID(),
      correlation_id: randomUUID(),
      error_uri: `https://login.microsoftonline.com/error?code=${code}`,
    },
  };
}

export const invalidClient = () => entraError(401, 'invalid_client', 7000215, 'Invalid client secret provided.');

export function answerToken(request: ApiRequest, state: SimulatorState): ApiAnswer {
  if (request.method !== 'POST') return { status: 405 };
  const contentType = request.headers['content-type'];
  if (typeof contentType !== 'string' || !/^application\/x-www-form-urlencoded\b/i.test(contentType)) {
    return entraError(400, 'invalid_request', 900144, 'The request body must be form-urlencoded.');
  }
  const form = new URLSearchParams(request.body.toString('utf8'));
  if (form.get('grant_type') !== 'client_credentials') {
    return entraError(400, 'unsupported_grant_type', 70003, 'The grant type is not supported.');
  }
  const client = state.data.clients.find((one) => one.clientId === form.get('client_id'));
  if (client === undefined) return entraError(400, 'unauthorized_client', 700016, 'The application was not found.');
  if (client.clientSecret !== form.get('client_secret')) return invalidClient();
  if (form.get('scope') !== state.data.scope) return entraError(400, 'invalid_scope', 70011, 'The scope is not valid.');
  const token = `eyJ0eXAiOiJKV1QifQ.${randomBytes(96).toString('base64url')}.${randomBytes(32).toString('base64url')}`;
  state.issue(token, client);
  const life = state.data.tokenLifeSeconds;
  return { status: 200, json: { token_type: 'Bearer', expires_in: life, ext_expires_in: life, access_token: token } };
}
