/** A short message in the corner for what has happened and needs no decision. Refusals belong beside their form. */
export interface Notification {
  readonly kind: 'success' | 'error' | 'info';
  readonly title: string;
  readonly message?: string;
}

type Listener = (notification: Notification) => void;

let listener: Listener | null = null;
const waiting: Notification[] = [];

/** Shows a message; the code that draws it is loaded with the first one. Texts come from the caller's catalogue. */
export function notify(notification: Notification): void {
  if (listener === null) waiting.push(notification);
  else listener(notification);
}

/** For the outlet alone: takes over what waits and everything after it. Returns how to stop. */
export function onNotification(next: Listener): () => void {
  listener = next;
  for (const notification of waiting.splice(0)) next(notification);
  return () => {
    if (listener === next) listener = null;
  };
}
