import type { AuditRow } from '@/lib/audit/audit-row';

/** What a sentence reads where an entry does not hold a value. */
const none = 'none';

function inWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return none;
  if (Array.isArray(value)) return value.length === 0 ? none : value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Every value that the sentence of an entry may name. */
export function toSentenceValues({ detail, subjectId, subjectKind }: AuditRow) {
  const value = (key: string) => inWords(detail[key]);
  // Words that a sentence chooses by: the syntax of messages knows no hyphen there.
  const choice = (key: string) => value(key).replaceAll('-', '_');
  return {
    subjectId,
    subjectKind,
    reason: value('reason'),
    code: choice('code'),
    count: value('count'),
    fields: value('fields'),
    filters: value('filters'),
    role: value('role'),
    vendor: value('vendor'),
    result: value('result'),
    externalId: value('externalId'),
    retryOf: value('retryOf'),
    state: value('state'),
    settlement: choice('settlement'),
    answered: value('answered'),
    gains: value('gains'),
    loses: value('loses'),
  };
}
