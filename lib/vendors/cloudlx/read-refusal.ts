import type { RefusalWords } from '../http/client';
import { refusalSchema } from './contract';
import { isAboutUser, wireKeyOf } from './create-body';

/** The message of a refusal that speaks of the first admin user alone; the adapter then reads whether the customer was made. */
export const userRefused = 'cloudlx.user-refused';

/** Words of uniqueness. Names are not documented as unique (4.7), but a complaint like this says that one is there. */
const taken = /\balready\s+(been\s+taken|exists?|in\s+use|registered)\b/i;

/**
 * The vendor's words in a refusal (4.5), as far as the answer holds any: `message` and `errors`, or OAuth's pair. Field
 * errors still carry the vendor's own names: the adapter leads them to our fields, as it alone knows the form.
 */
export function readRefusal({
  status,
  body,
}: {
  readonly status: number;
  readonly body: unknown;
}): Partial<RefusalWords> {
  const parsed = refusalSchema.safeParse(body);
  if (!parsed.success) return {};
  const { message, code, error, error_description, errors } = parsed.data;
  const fieldErrors = Object.entries(errors ?? {}).map(([vendorField, texts]) => ({
    field: null,
    vendorField,
    messages: [texts].flat().filter((text) => typeof text === 'string'),
  }));
  const description = message ?? error_description ?? null;
  const says = (vendorField: string, pattern: RegExp) =>
    fieldErrors.some(
      (one) => wireKeyOf(one.vendorField) === vendorField && one.messages.some((text) => pattern.test(text)),
    );
  const exists = status === 409 || says('name', taken);
  const userOnly =
    fieldErrors.length > 0
      ? fieldErrors.every((one) => isAboutUser(one.vendorField))
      : /\be-?mail\b|\busername\b/i.test(description ?? '');
  return {
    type: error ?? (code == null ? null : String(code)),
    description,
    fieldErrors,
    ...(exists
      ? { kind: 'already-exists' as const, message: 'cloudlx.already-exists' }
      : status === 422 && userOnly
        ? { kind: 'rejected' as const, message: userRefused }
        : {}),
  };
}
