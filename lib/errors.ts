/** Expected endings of an operation. The borders (page, action, handler) turn each into its answer. */

/** Not there, or not in the actor's branch: both look the same. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
}

/** Visible to the actor, but the role does not allow the act. */
export class Forbidden extends Error {
  override readonly name = 'Forbidden';
  constructor(readonly permission: string) {
    super(`not permitted: ${permission}`);
  }
}

/** Somebody saved the record in between; nothing was overwritten. */
export class Stale extends Error {
  override readonly name = 'Stale';
}

/** The act cannot be done as things stand; `message` is a sentence for the person. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
  constructor(
    message: string,
    readonly fields?: Readonly<Record<string, readonly string[]>>,
  ) {
    super(message);
  }
}
