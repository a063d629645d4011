'use client';

import { type ChangeEvent, type ComponentType, useCallback, useEffect, useRef, useState } from 'react';
import { fieldId } from '@/components/form/field-id';

/** A person is in the field: what was typed until the picker came, and whether its list is to be open at once. */
export interface Entered {
  readonly typed: string;
  readonly open: boolean;
}

interface Loaded<Props> {
  readonly Picker: ComponentType<Props>;
  readonly entered: Entered | null;
}

interface LatePicker<Props> {
  /** Null until it is there. */
  readonly loaded: Loaded<Props> | null;
  /** For the box that stands there until then. */
  readonly box: {
    readonly value: string;
    readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void;
    readonly onPointerDown: () => void;
    readonly onFocus: () => void;
  };
}

/**
 * What draws and reads a list comes when its field is entered, or holds a value. Until it is there, one and the same box
 * stays where it is, so that no keystroke is lost.
 * @param load imports the picker; stable
 */
export function useLatePicker<Props>(
  name: string,
  { load, filled }: { readonly load: () => Promise<ComponentType<Props>>; readonly filled: boolean },
): LatePicker<Props> {
  const [typed, setTyped] = useState('');
  const [loaded, setLoaded] = useState<Loaded<Props> | null>(null);
  const latest = useRef({ typed: '', open: false });
  const asked = useRef(false);
  const bring = useCallback(() => {
    if (asked.current) return;
    asked.current = true;
    load().then(
      (Picker) => {
        // Who has left the field meanwhile is not brought back.
        const focused = document.activeElement?.id === fieldId(name);
        setLoaded({ Picker, entered: focused ? { ...latest.current } : null });
      },
      () => {
        // The network was away: the next focus tries again.
        asked.current = false;
      },
    );
  }, [name, load]);
  useEffect(() => {
    if (filled) bring();
  }, [filled, bring]);
  return {
    loaded,
    box: {
      value: typed,
      onChange: (event) => {
        latest.current.typed = event.currentTarget.value;
        setTyped(event.currentTarget.value);
      },
      // The focus follows: before it, a picker that has been loaded already would take the box away from under the finger.
      onPointerDown: () => {
        latest.current.open = true;
      },
      onFocus: bring,
    },
  };
}
