import 'server-only';

import type { ExchangePurpose } from '../exchange';
import { invalidRequest } from '../http/problem';
import { scrub } from '../http/redact';
import { VendorError } from '../http/vendor-error';
import type { VendorProblem } from '../vendor';
import { errorNumber, type RpcError } from './contract';
import { classifyRpcError, type RpcAct } from './rpc-error';
import { errorNames } from './vocabulary';

interface About {
  readonly vendor: string;
  readonly act: RpcAct;
  readonly purpose: ExchangePurpose;
  readonly status: number;
}

/**
 * An error object of an answer as a problem: what it means, its number decoded, the vendor's words without secrets.
 * @param secrets values that must not survive in a kept string: password and visas
 */
export function toRpcError(error: RpcError, about: About, secrets: readonly string[]): VendorError {
  const verdict = classifyRpcError(error, about.act);
  const number = errorNumber(error);
  const words = error.message == null ? null : scrub(error.message, secrets).slice(0, 2000);
  const { kind, effect, message, retryable } = verdict;
  const problem: VendorProblem = {
    kind,
    effect,
    status: about.status,
    message,
    params: {
      vendor: about.vendor,
      step: about.purpose,
      effect,
      status: String(about.status),
      reason: 'none',
      retryAfter: 'none',
      code: number === null ? 'none' : String(number),
    },
    fieldErrors: vendorFieldsOf(message).map((vendorField) => ({
      field: null,
      vendorField,
      messages: words === null ? [] : [words],
    })),
    vendorType: typeOf(number),
    vendorDescription: words,
    vendorCorrelationId: null,
    retryAfterSeconds: null,
    retryable,
  };
  return new VendorError(problem);
}

/** A number is always decoded. */
function typeOf(number: number | null): string | null {
  if (number === null) return null;
  const name = errorNames[number];
  return name === undefined ? String(number) : `${number} ${name}`;
}

/** The key of `partnerInfo` that a refusal speaks of: the vendor names none, its meaning does. */
function vendorFieldsOf(message: string): readonly string[] {
  switch (message) {
    case 'cove.already-exists':
      return ['Name'];
    case 'cove.parent-not-found':
    case 'cove.parent-state':
      return ['ParentId'];
    default:
      return [];
  }
}

/** A sign-in that was turned away is final; an address that is no Cove breaks the contract. */
export function asSignInError(error: VendorError): VendorError {
  const { problem } = error;
  const { status } = problem;
  if (status === 400 || status === 401 || status === 403) {
    return new VendorError({ ...problem, kind: 'forbidden', message: 'sign-in-refused', retryable: false }, error);
  }
  if (problem.kind === 'rejected' && status !== 200) {
    return new VendorError({ ...problem, kind: 'invalid-reply', message: 'cove.elsewhere', retryable: false }, error);
  }
  return error;
}

/** A yes to a sign-in that brings no visa. */
export function noSignIn(vendor: string): VendorError {
  const problem = invalidRequest(vendor, []);
  return new VendorError({
    ...problem,
    kind: 'invalid-reply',
    message: 'cove.elsewhere',
    status: 200,
    params: { ...problem.params, step: 'token', status: '200' },
  });
}

/** A parent that does not lie within the mapping: refused here, nothing was sent. */
export function outsideMapping(vendor: string): VendorProblem {
  const fieldErrors = [{ field: 'parentId', vendorField: 'ParentId', messages: [] }];
  return { ...invalidRequest(vendor, fieldErrors), message: 'cove.parent-outside' };
}

/** Did a read say that what it asks for is not there, or not to be seen by these credentials? */
export function isAbsent(error: unknown): boolean {
  if (!(error instanceof VendorError)) return false;
  const { message, params } = error.problem;
  return params.step !== 'token' && (message === 'cove.not-found' || message === 'cove.not-allowed');
}

/** Cove's own no to a read, after a good sign-in. */
export function isRefusedRead(error: unknown): boolean {
  if (!(error instanceof VendorError)) return false;
  const { kind, status, params } = error.problem;
  return params.step !== 'token' && status === 200 && (kind === 'rejected' || kind === 'forbidden');
}
