import 'server-only';
import { v7 as uuidv7 } from 'uuid';

/** How the partner of a record stands to the partner of the person. */
export const relations = ['own', 'child', 'sibling', 'parent', 'foreign'] as const;
export type Relation = (typeof relations)[number];

/** Is what belongs to such a partner within the person's reach? */
export function isInReach(relation: Relation | 'absent'): boolean {
  return relation === 'own' || relation === 'child';
}

/** A partner of the tree with one record of each kind. Every text of them carries the marker. */
export interface Place {
  readonly relation: Relation | 'absent';
  readonly marker: string;
  readonly partnerId: string;
  /** A partner right below this one. */
  readonly belowId: string;
  readonly userId: string;
  readonly customerId: string;
  readonly connectionId: string;
  /** A connection at which its customer is aboard, and can have services. */
  readonly aboardAtId: string;
  readonly correlationId: string;
  readonly attemptId: string;
}

/** A partner that does not exist, with records that do not exist. */
export function absentPlace(): Place {
  return {
    relation: 'absent',
    marker: 'absent',
    partnerId: uuidv7(),
    belowId: uuidv7(),
    userId: uuidv7(),
    customerId: uuidv7(),
    connectionId: uuidv7(),
    aboardAtId: uuidv7(),
    correlationId: uuidv7(),
    attemptId: uuidv7(),
  };
}
