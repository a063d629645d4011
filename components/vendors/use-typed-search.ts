'use client';

import { useEffect, useRef, useState } from 'react';
import { fieldId } from '@/components/form/field-id';
import type { Entered } from './use-late-picker';

/**
 * The text in the box of a picker that has taken the place of a plain one: keeps what was typed there, and the keyboard's
 * place.
 */
export function useTypedSearch(name: string, entered: Entered | null) {
  const [typed, setTyped] = useState(entered?.typed ?? '');
  const toKeep = useRef(typed !== '');
  const toFocus = useRef(entered !== null);
  useEffect(() => {
    const box = document.getElementById(fieldId(name));
    if (toFocus.current && box instanceof HTMLInputElement) {
      box.focus();
      box.setSelectionRange(box.value.length, box.value.length);
    }
    // Once.
    toFocus.current = false;
  }, [name]);
  return {
    typed,
    search: {
      searchValue: typed,
      onSearchChange: (text: string) => {
        // Mantine empties the search of a picker that starts without a value: once, and what was typed must stay.
        if (text === '' && toKeep.current) toKeep.current = false;
        else setTyped(text);
      },
      defaultDropdownOpened: entered !== null && (entered.open || entered.typed !== ''),
    },
  };
}
