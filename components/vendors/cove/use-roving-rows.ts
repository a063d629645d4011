import { type KeyboardEvent, useEffect, useRef, useState } from 'react';

/**
 * The keyboard of a tree: one of its rows is in the order of Tab, the arrows, Home and End move among the rows as they
 * stand, and the keys that act on a row are handed on.
 * @param rows ids of the rows from top to bottom; a row's element carries its id as `data-row`
 */
export function useRovingRows(rows: readonly string[]) {
  const list = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(rows[0] ?? '');
  const [wanted, setWanted] = useState<string | null>(null);
  const tabbable = rows.includes(current) ? current : (rows[0] ?? '');
  // After the rows are drawn: the one that is wanted may only just have come.
  useEffect(() => {
    if (wanted === null) return;
    const row = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])].find(
      (one) => one.dataset.row === wanted,
    );
    row?.focus();
    setWanted(null);
  }, [wanted]);
  const focus = (id: string) => {
    setCurrent(id);
    setWanted(id);
  };

  function onKeyDown(event: KeyboardEvent, act: (event: KeyboardEvent, row: string) => void) {
    // A button within a row answers to its own keys.
    if (!(event.target instanceof HTMLElement) || event.target.dataset.row === undefined) return;
    const at = event.target.dataset.row;
    const place = rows.indexOf(at);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: Math.min(place + 1, rows.length - 1),
      ArrowUp: Math.max(place - 1, 0),
      Home: 0,
      End: rows.length - 1,
    };
    const next = rows[moves[event.key] ?? -1];
    if (next !== undefined) {
      event.preventDefault();
      focus(next);
    } else if (['ArrowRight', 'ArrowLeft', 'Enter', ' '].includes(event.key)) {
      event.preventDefault();
      act(event, at);
    }
  }

  return { list, tabbable, focus, onKeyDown };
}
