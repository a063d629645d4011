'use client';

import dynamic from 'next/dynamic';
import { useSyncExternalStore } from 'react';
import { onQuestion, openQuestion } from './unsaved';

const LeaveDialog = dynamic(() => import('./leave-dialog').then((module) => module.LeaveDialog), { ssr: false });

/** Where the question before leaving appears; once in the frame. */
export function LeaveGuard() {
  const question = useSyncExternalStore(onQuestion, openQuestion, () => null);
  return question !== null && <LeaveDialog text={question.text} />;
}
