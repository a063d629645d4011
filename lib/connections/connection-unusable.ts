import 'server-only';
import { Conflict } from '../errors';

/** Why nothing may be sent over a connection now. */
export type UnusableReason = 'disabled' | 'broken' | 'sandbox-not-allowed' | 'secret-missing' | 'secret-unreadable';

const sentences: Readonly<Record<UnusableReason, string>> = {
  disabled: 'This connection is disabled. An admin of its owner can enable it.',
  broken: 'The vendor refused the sign-in of this connection. Nothing is sent until its owner edits or tests it.',
  'sandbox-not-allowed': 'This is a sandbox connection, and this installation does not allow sandboxes.',
  'secret-missing': 'This connection has no secret yet. An admin of its owner can enter it.',
  'secret-unreadable': 'The stored secret cannot be opened with the keys of this installation. Enter it again.',
};

/** Thrown instead of handing out a connection over which nothing may be sent. Nothing has left. */
export class ConnectionUnusable extends Conflict {
  constructor(readonly reason: UnusableReason) {
    super(sentences[reason]);
  }
}
