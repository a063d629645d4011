'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { useUnsaved } from '@/components/leaving/use-unsaved';
import type { DraftContent } from '@/lib/onboarding/form-start';
import type { ActionFailure, ActionResult } from '@/lib/result';

const idleMs = 1500;

export type DraftState =
  | { readonly kind: 'untouched' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly at: string }
  | { readonly kind: 'failed'; readonly failure: ActionFailure };

interface Options {
  /** Null until the intent has its id. */
  readonly correlationId: string | null;
  /** What is typed now. */
  readonly read: () => DraftContent;
  readonly save: (
    content: DraftContent & { readonly correlationId: string },
  ) => Promise<ActionResult<{ readonly savedAt: string }>>;
  readonly savedAt: string | null;
  readonly onSaved: () => void;
  /** What is lost by leaving, where it could not be saved. */
  readonly leaveText: string;
}

interface Draft {
  readonly state: DraftState;
  /** Something was typed: save it soon. */
  readonly touch: () => void;
  /** Saves what is not saved yet, now. True when nothing is left unsaved. */
  readonly flush: () => Promise<boolean>;
  /** Submitted or thrown away: nothing more is saved. */
  readonly end: () => void;
  /** It was not over after all. */
  readonly resume: () => void;
}

/** Keeps the half-filled form on the server while it is typed; warns on leaving only when that failed. */
export function useDraft({ correlationId, read, save, savedAt, onSaved, leaveText }: Options): Draft {
  const [state, setState] = useState<DraftState>(
    savedAt === null ? { kind: 'untouched' } : { kind: 'saved', at: savedAt },
  );
  // Stays while it is tried again: a click on a link leaves the field first, which saves.
  const [unsaved, setUnsaved] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const last = useRef<string | null>(null);
  const touched = useRef(false);
  const ended = useRef(false);
  const turn = useRef(0);

  const flush = useCallback(async () => {
    clearTimeout(timer.current);
    if (correlationId === null || ended.current || !touched.current) return true;
    const content = read();
    const text = JSON.stringify(content);
    if (text === last.current) return true;
    setState({ kind: 'saving' });
    turn.current += 1;
    const mine = turn.current;
    const result = await save({ correlationId, ...content }).catch(
      (): ActionFailure => ({ ok: false, code: 'unexpected' }),
    );
    // A newer save is under way: only the last one says whether everything is kept.
    if (ended.current || mine !== turn.current) return true;
    if (!result.ok) {
      setState({ kind: 'failed', failure: result });
      setUnsaved(true);
      return false;
    }
    last.current = text;
    setState({ kind: 'saved', at: result.value.savedAt });
    setUnsaved(false);
    onSaved();
    return true;
  }, [correlationId, read, save, onSaved]);

  const touch = useCallback(() => {
    touched.current = true;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), idleMs);
  }, [flush]);
  const end = useCallback(() => {
    ended.current = true;
    setUnsaved(false);
    clearTimeout(timer.current);
  }, []);

  const resume = useCallback(() => {
    ended.current = false;
  }, []);

  useFlushOnLeaving(flush);
  useUnsaved(unsaved, leaveText);
  return { state, touch, flush, end, resume };
}

function useFlushOnLeaving(flush: () => Promise<boolean>): void {
  const latest = useRef(flush);
  useEffect(() => {
    latest.current = flush;
  }, [flush]);
  useEffect(() => {
    const onHide = () => {
      if (document.visibilityState === 'hidden') void latest.current();
    };
    document.addEventListener('visibilitychange', onHide);
    return () => {
      document.removeEventListener('visibilitychange', onHide);
      void latest.current();
    };
  }, []);
}
