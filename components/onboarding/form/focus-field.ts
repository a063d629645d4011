import { fieldId } from '@/components/form/field-id';

/**
 * Moves focus to a field of the form, opening what hides it. A path without a control of its own (a whole row) leads to
 * the first control in it, a path nobody knows to the section it belongs to.
 */
export function focusField(name: string): void {
  const id = fieldId(name);
  const target =
    document.getElementById(id) ??
    document.querySelector<HTMLElement>(`[id^="${CSS.escape(`${id}-`)}"]`) ??
    nearest(name);
  if (target === null) return;
  for (let part: Element | null = target; part !== null; part = part.parentElement) {
    if (part instanceof HTMLDetailsElement) part.open = true;
  }
  target.scrollIntoView({ block: 'center' });
  // A label or a hidden input may carry the id: focus what can have it.
  const control = target.matches('input, button, select, textarea, a')
    ? target
    : target.querySelector<HTMLElement>('input, button');
  (control ?? target).focus({ preventScroll: true });
}

/** The control or section that holds the longest known beginning of the path. */
function nearest(name: string): HTMLElement | null {
  const parts = name.split('.');
  for (let length = parts.length - 1; length > 0; length -= 1) {
    const id = fieldId(parts.slice(0, length).join('.'));
    const found =
      document.getElementById(id) ?? document.querySelector<HTMLElement>(`[data-fields="${CSS.escape(id)}"]`);
    if (found !== null) return found;
  }
  return null;
}
