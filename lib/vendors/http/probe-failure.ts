import 'server-only';

import type { VendorProblem } from '../vendor';
import type { ProbeResult } from '../vendor-lookups';

type FailedPart = Extract<ProbeResult, { ok: false }>['failed'];

/** Which of the five parts of a connection's test a problem speaks of. Pure. */
export function whichFailed(problem: VendorProblem): FailedPart {
  switch (problem.kind) {
    case 'unreachable':
      return problem.params.reason === 'tls' ? 'tls' : 'network';
    case 'timeout':
    case 'connection-lost':
      return 'network';
    case 'unauthorized':
      return 'credentials';
    case 'forbidden':
      return problem.params.step === 'token' ? 'credentials' : 'permission';
    case 'invalid-request':
    case 'rate-limited':
    case 'rejected':
    case 'already-exists':
    case 'vendor-failure':
    case 'invalid-reply':
      return 'contract';
  }
}
