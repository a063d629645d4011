import type { ApiAnswer } from '../../simulator/request';

/** Refusals as Laravel with the Dingo package words them (vendor-apis.md 4.5): empty keys are dropped. */

const statusTexts: Readonly<Record<number, string>> = {
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  500: 'Internal Server Error',
};

export function refusal(status: number, message = `${status} ${statusTexts[status] ?? 'Error'}`): ApiAnswer {
  return { status, json: { message, status_code: status } };
}

/** Texts by field, as Laravel's validator collects them. */
export type Complaints = Readonly<Record<string, readonly string[]>>;

export function invalid(errors: unknown, message = 'The given data was invalid.'): ApiAnswer {
  return { status: 422, json: { message, errors, status_code: 422 } };
}

export const badAccept = () =>
  refusal(400, 'Accept header could not be properly parsed because of a strict matching process.');

export const unauthenticated = () =>
  refusal(401, 'Failed to authenticate because of bad credentials or an invalid token.');

export const notAllowed = () => refusal(403, 'This action is unauthorized.');

/** The OAuth server's own shape. */
export function oauthError(status: number, error: string, description: string): ApiAnswer {
  return { status, json: { error, error_description: description } };
}

export const invalidClient = () => oauthError(401, 'invalid_client', 'Client authentication failed.');
