/** Error objects as the service writes them: the status stays 200, and `code` is -32603 for practically everything (3.3). */
export interface Failure {
  readonly code: number;
  readonly message: string;
  readonly data?: number;
}

const said: Readonly<Record<number, string>> = {
  1700: 'Management service error.',
  1701: 'Visa is inconsistent/corrupted.',
  1704: 'Service is temporarily unavailable.',
  1709: 'Authentication is restricted.',
  2100: 'Unknown partner/username or bad password',
  2101: 'Partner was not found.',
  2102: 'Service error.',
  2103: 'Account storage could not be provisioned.',
  2104: 'The state of the parent partner does not allow this operation.',
  2105: 'Partner can not be removed.',
  2113: 'The password has expired.',
  2115: 'Partner with the same name already exists.',
  2116: 'The limit of requests is reached.',
  13501: 'Operation failed because of security reasons',
};

/** An error by the number that tells errors apart. */
export function failure(data: number, message = said[data] ?? 'Internal error.'): Failure {
  return { code: -32603, message, data };
}

/** What has no number of its own: a parameter that is missing or of another type. */
export const invalid = (message: string): Failure => ({ code: -32603, message });
