'use client';

import { useEffect } from 'react';
import { markUnsaved } from './unsaved';

/**
 * Asks before what is typed is lost by a link, the browser's back button or a reload.
 * @param typed is there anything that is kept nowhere else?
 * @param text what would be lost, where it is not all that was typed
 */
export function useUnsaved(typed: boolean, text: string | null = null): void {
  useEffect(() => (typed ? markUnsaved(text) : undefined), [typed, text]);
}
