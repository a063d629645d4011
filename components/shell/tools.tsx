'use client';

import dynamic from 'next/dynamic';
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import type { NavigationEntry } from './navigation';

const Palette = dynamic(() => import('./palette').then((module) => module.Palette), { ssr: false });
const Help = dynamic(() => import('./help').then((module) => module.Help), { ssr: false });

type Tool = 'palette' | 'help';

const Tools = createContext<(tool: Tool) => void>(() => undefined);

/** Opens the palette or the help from a button. */
export function useTools(): (tool: Tool) => void {
  return use(Tools);
}

/** Typing goes where the cursor is; single keys are ours only where nobody types. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select') !== null)
  );
}

interface Props {
  entries: readonly NavigationEntry[];
  /** Whether "New customer" is offered. */
  mayOnboard: boolean;
  children: ReactNode;
}

/** Keys of the whole portal, and the two tools they open; both are loaded when they are first opened. */
export function ToolsProvider({ entries, mayOnboard, children }: Props) {
  const [open, setOpen] = useState<Tool | null>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
      const command = (ctrlKey || metaKey) && !altKey && !shiftKey && key.toLowerCase() === 'k';
      const single = !ctrlKey && !metaKey && !altKey && (key === '/' || key === '?') && !isTyping(event.target);
      if (!(command || single) || event.defaultPrevented) return;
      // Over another dialog only closing it makes sense.
      if (document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      setOpen(key === '?' ? 'help' : 'palette');
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  const value = useMemo(() => (tool: Tool) => setOpen(tool), []);
  const close = () => setOpen(null);

  return (
    <Tools value={value}>
      {children}
      {open === 'palette' && <Palette entries={entries} mayOnboard={mayOnboard} onClose={close} />}
      {open === 'help' && <Help onClose={close} />}
    </Tools>
  );
}
