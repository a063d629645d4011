import { randomUUID } from 'node:crypto';
import type { ApiAnswer } from '../../simulator/request';
import type { Complaint } from './validate';

/** The error body of a sibling API on the same gateway (1.9, inferred). */
export function errorBody(
  status: number,
  message: string,
  { errors, requestId = randomUUID() }: { readonly errors?: readonly unknown[]; readonly requestId?: string } = {},
): ApiAnswer {
  const about = { requestId, timestamp: new Date().toISOString(), traceId: randomUUID() };
  return {
    status,
    json: { statusCode: status, message, ...(errors === undefined ? {} : { errors }), ...about },
    headers: { 'request-id': requestId },
  };
}

export const badRequest = (errors: readonly Complaint[]) => errorBody(400, 'Bad Request', { errors });

/** Every answer carries a request id; the header's name is not documented (1.9, inferred). */
export const ok = (json: unknown): ApiAnswer => ({ status: 200, json, headers: { 'request-id': randomUUID() } });
