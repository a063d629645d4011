import 'server-only';
import { pino, stdSerializers } from 'pino';
import { logLevelEnv } from './env';

/** Fields that may appear in a log line. Everything else is dropped: an allow-list does not leak what nobody thought of. */
const allowed = new Set([
  'action',
  'address',
  'attemptId',
  'code',
  'connectionId',
  'correlationId',
  'count',
  'durationMs',
  'entry',
  'error',
  'errorId',
  'kind',
  'operation',
  'partnerId',
  'port',
  'reason',
  'state',
  'status',
  'subject',
  'url',
  'userId',
  'vendor',
  'version',
]);

/** Keeps class, code and place of an error; its message and fields may carry what a vendor or a user sent. */
function errorFacts(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { type, stack } = stdSerializers.err(error);
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const places = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { type, ...code, stack: places.slice(0, 12).join('\n') };
}

function plain(value: unknown): unknown {
  if (typeof value === 'string') return value.slice(0, 300);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return undefined;
}

/** The log: JSON lines on stdout, fields by allow-list. */
export const log = pino({
  level: logLevelEnv(),
  base: null,
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
  formatters: {
    level: (label) => ({ level: label }),
    log: (fields) =>
      Object.fromEntries(
        Object.entries(fields)
          .filter(([key]) => allowed.has(key))
          .map(([key, value]) => [key, key === 'error' ? errorFacts(value) : plain(value)]),
      ),
    bindings: (fields) => Object.fromEntries(Object.entries(fields).filter(([key]) => allowed.has(key))),
  },
});
