import type { Effect, VendorErrorKind } from '../vendor';
import { errorNumber, type RpcError } from './contract';

/** What an error object of an answer comes to. `message` is a key below `vendor-errors`. */
export interface RpcVerdict {
  readonly kind: VendorErrorKind;
  readonly effect: Effect;
  readonly message: string;
  readonly retryable: boolean;
}

/** What was asked: only AddPartner can take effect, and only a sign-in can be refused as one. */
export type RpcAct = 'login' | 'create' | 'read';

const none = (kind: VendorErrorKind, message: string, retryable = false): RpcVerdict => ({
  kind,
  effect: 'none',
  message,
  retryable,
});

const signInRefused = none('forbidden', 'sign-in-refused');
const visaRefused = none('unauthorized', 'unauthorized');
const alreadyExists: RpcVerdict = {
  kind: 'already-exists',
  effect: 'earlier',
  message: 'cove.already-exists',
  retryable: false,
};

/**
 * The table of errors inside a 200 (vendor-apis.md 3.3): by `data` first, then by the words, never by `code`, which is
 * -32603 for practically everything. Pure; its test is the table. What is not recognised may have taken effect.
 */
export function classifyRpcError(error: RpcError, act: RpcAct): RpcVerdict {
  const number = errorNumber(error);
  const byNumber = number === null ? null : classifyNumber(number, act);
  const verdict = byNumber ?? classifyWords(error.message ?? '', act);
  if (verdict !== null) return verdict;
  if (act === 'create') return fault(act);
  // A read or a sign-in changed nothing, whatever this means; asked again it would say the same.
  return none('rejected', 'cove.refused');
}

/** A fault of the vendor's own: a create may have taken effect, a read may be repeated. */
function fault(act: RpcAct): RpcVerdict {
  return act === 'create'
    ? { kind: 'vendor-failure', effect: 'unknown', message: 'cove.fault', retryable: false }
    : none('vendor-failure', 'cove.fault', true);
}

function classifyNumber(number: number, act: RpcAct): RpcVerdict | null {
  switch (number) {
    case 1701: // AuthorizationError: "Visa is inconsistent/corrupted.", refused before processing
      return act === 'login' ? signInRefused : visaRefused;
    case 2100: // BadUsernameOrPassword
    case 2113: // PasswordExpired
    case 1709: // AuthenticationRestricted
      return act === 'login' ? signInRefused : null;
    case 2101: // PartnerNotFound: of a create, the parent
      return none('rejected', act === 'create' ? 'cove.parent-not-found' : 'cove.not-found');
    case 2104: // ParentStateIsNotCorrected
      return none('rejected', 'cove.parent-state');
    case 2115: // PartnerWithSameNameAlreadyExists
      return act === 'create' ? alreadyExists : null;
    case 2116: // RequestLimitReached
      return none('rate-limited', 'cove.limit', true);
    case 13501: // refused for this user
      return act === 'login' ? signInRefused : none('forbidden', 'cove.not-allowed');
    case 1700: // GenericError
    case 1704: // ServiceUnavailable
    case 2102: // GenericServiceError
    case 2103: // AccountStorageProvisioningError: the customer may be there, its account not
      // A sign-in that fails for an unclear reason is not asked again: vendors lock users.
      return act === 'login' && number !== 1704 ? null : fault(act);
    default:
      return null;
  }
}

/** Numbers that are not public, and errors without one, by what they say (3.3). */
function classifyWords(words: string, act: RpcAct): RpcVerdict | null {
  if (act === 'login') {
    const refusal = /password|user\s*name|username|locked|blocked|restricted|expired|visa|security reasons/i;
    return refusal.test(words) ? signInRefused : null;
  }
  if (/\bvisa\b/i.test(words)) return visaRefused;
  if (act === 'create' && /already exists/i.test(words)) return alreadyExists;
  if (/\b(not found|does not exist)\b/i.test(words)) {
    return none('rejected', act === 'create' ? 'cove.parent-not-found' : 'cove.not-found');
  }
  return /security reasons/i.test(words) ? none('forbidden', 'cove.not-allowed') : null;
}
