'use client';

import { useSyncExternalStore } from 'react';
import classes from './keys.module.css';

const never = () => () => undefined;
const onApple = () => /Mac|iPhone|iPad/.test(navigator.platform);

/** A shortcut with the command key: `Ctrl K`, or `⌘ K` on Apple's keyboards. */
export function Keys({ command }: { command: string }) {
  const apple = useSyncExternalStore(never, onApple, () => false);
  return (
    <span className={classes.keys} aria-hidden>
      <kbd>{apple ? '⌘' : 'Ctrl'}</kbd>
      <kbd>{command}</kbd>
    </span>
  );
}
