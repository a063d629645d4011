'use client';

import { useLinkStatus } from 'next/link';
import classes from './link-pending.module.css';

/** Inside a Link: a thin line along its box while the page is on its way, if that takes longer than 200 ms. */
export function LinkPending() {
  const { pending } = useLinkStatus();
  return pending ? <span aria-hidden className={classes.pending} /> : null;
}
