/** What a server action answers. Client-safe. Messages are keys or finished sentences of ours, never an error's text. */
export type ActionErrorCode =
  | 'signed-out'
  | 'forbidden'
  | 'not-found'
  | 'invalid-input'
  | 'stale'
  | 'conflict'
  | 'too-many'
  | 'wrong-origin'
  | 'unexpected';

export interface ActionFailure {
  readonly ok: false;
  readonly code: ActionErrorCode;
  /** A sentence for the person, where the code alone does not say enough. */
  readonly message?: string;
  /** Sentences by path of the field. */
  readonly fields?: Readonly<Record<string, readonly string[]>>;
}

export type ActionResult<T> = { readonly ok: true; readonly value: T } | ActionFailure;

/** A success. */
export function succeeded<T>(value: T): ActionResult<T> {
  return { ok: true, value };
}

/** A failure in words: code, optional sentence, optional sentences by field. */
export function failed(
  code: ActionErrorCode,
  message?: string,
  fields?: Readonly<Record<string, readonly string[]>>,
): ActionFailure {
  return {
    ok: false,
    code,
    ...(message === undefined ? {} : { message }),
    ...(fields === undefined ? {} : { fields }),
  };
}
