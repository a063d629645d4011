import { reasons } from '../attempts/reasons';
import type { Words } from '../messages/words';
import { vendorKeys } from '../vendors/vendor';
import { type AuditPlace, type AuditRow, auditPlaces } from './audit-row';
import { connectionChanges, customerChanges, filterWords } from './change-words';
import { doorWords } from './doors';

/** What a sentence reads where an entry does not hold a value. */
const none = 'none';

function plainly(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? `${value}` || none
    : none;
}

/** Every value that the sentence of an entry names: words, names and numbers, no codes. Pure. */
export function sentenceValues(row: AuditRow, words: Words): Readonly<Record<string, string | number>> {
  const { action, actorId, actorName, actorRole, detail, named, subjectId, subjectKind } = row;
  const value = (key: string) => plainly(detail[key]);
  // What a sentence chooses by: the syntax of messages knows no hyphen there.
  const choice = (key: string) => value(key).replaceAll('-', '_');
  const vendor = vendorKeys.find((key) => key === detail.vendor);
  const reason = reasons.find((key) => key === detail.reason);
  const about = action === 'customer.changed' ? customerChanges(detail, words) : connectionChanges(detail, words);
  return {
    ...namesIn(row, words),
    who: actorName === '' ? words('audit.nobody') : actorName,
    system: actorId === null && actorRole === 'system' ? 'yes' : 'no',
    known: named.object === undefined ? 'no' : 'yes',
    below: named.partner === undefined ? 'no' : 'yes',
    door: subjectKind === 'entry-point' ? doorWords(subjectId, words) : none,
    list: subjectKind === 'onboarding' ? 'onboarding' : subjectId,
    mapped: named.object?.kind === 'mapping' ? (named.object.name ?? none) : none,
    operation: (row.operation ?? none).replaceAll('-', '_'),
    vendor: vendor === undefined ? none : words(`onboarding.vendor.${vendor}`),
    reason:
      action !== 'attempt.closed' ? choice('reason') : reason === undefined ? none : words(`attempts.reason.${reason}`),
    changes: about === '' ? none : about,
    filters: filterWords(detail, words) || none,
    before: value('from'),
    after: plainly(detail.to ?? detail.externalId ?? detail.timeZone),
    retry: value('retryOf') === none ? 'no' : 'yes',
    waits: value('waitsFor') === none ? 'no' : 'yes',
    wait: value('waitSeconds'),
    gains: typeof detail.gains === 'number' ? detail.gains : 0,
    loses: value('loses'),
    code: choice('code'),
    settlement: choice('settlement'),
    ...{
      count: value('count'),
      role: value('role'),
      kind: value('kind'),
      result: value('result'),
      hours: value('hours'),
    },
    ...{ state: value('state'), answered: value('answered'), generated: value('generated') },
  };
}

/** What stands in the sentence for each object: its name, or that it is not to be seen. */
function namesIn({ named }: AuditRow, words: Words): Readonly<Record<`${AuditPlace}Name`, string>> {
  const nameAt = (place: AuditPlace, kind: 'user' | 'partner' | 'connection' | 'customer') => {
    const object = named[place];
    return object?.name ?? words(`audit.unseen.${object?.kind ?? kind}`);
  };
  return {
    objectName: nameAt('object', 'user'),
    partnerName: nameAt('partner', 'partner'),
    connectionName: nameAt('connection', 'connection'),
    customerName: nameAt('customer', 'customer'),
    fromName: nameAt('from', 'partner'),
    toName: nameAt('to', 'partner'),
  };
}

const withoutLinks = Object.fromEntries(auditPlaces.map((place) => [place, (text: string) => text]));

/** An entry as a sentence: who did what to which object. Pure. */
export function toSentence(row: AuditRow, words: Words): string {
  return words.markup(`audit.sentence.${row.action}`, { ...sentenceValues(row, words), ...withoutLinks });
}
