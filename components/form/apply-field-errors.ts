import type { FieldValues, Path, UseFormSetError } from 'react-hook-form';
import type { ActionFailure } from '@/lib/result';
import { fieldId } from './field-id';

/** A path is a field of the form when its control is on the page. */
function isField<T extends FieldValues>(path: string): path is Path<T> {
  return document.getElementById(fieldId(path)) !== null;
}

/**
 * Puts an action's sentences onto the fields they speak of and moves focus to the first.
 * Returns the sentences whose path is no field here: they must be shown elsewhere.
 */
export function applyFieldErrors<T extends FieldValues>(
  form: { readonly setError: UseFormSetError<T> },
  result: ActionFailure,
): readonly string[] {
  const elsewhere: string[] = [];
  const controls: HTMLElement[] = [];
  for (const [path, sentences] of Object.entries(result.fields ?? {})) {
    if (!isField<T>(path)) {
      elsewhere.push(...sentences);
      continue;
    }
    form.setError(path, { type: 'server', message: sentences.join(' ') });
    const control = document.getElementById(fieldId(path));
    if (control !== null) controls.push(control);
  }
  // The first on the page, whatever the order of the answer.
  controls.sort((left, right) => (left.compareDocumentPosition(right) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  controls[0]?.focus();
  return elsewhere;
}
