import 'server-only';

/** Which row of `entry-points.ts` an export of `app` was made for. */
export interface Door {
  readonly kind: 'page' | 'action' | 'handler';
  readonly name: string;
}

const doors = new WeakMap<object, Door>();

/** Says for which row a wrapper made this function, so that a test can prove that every export of `app` is one. */
export function markDoor<Opened extends object>(door: Door, opened: Opened): Opened {
  doors.set(opened, door);
  return opened;
}

/** The row a function was made for, or null when no wrapper made it. */
export function doorOf(opened: unknown): Door | null {
  return (typeof opened === 'function' ? doors.get(opened) : undefined) ?? null;
}
