'use client';

import { useFormContext } from 'react-hook-form';

/** The sentence of a field's fault, or undefined. */
export function useFieldError(name: string): string | undefined {
  const { getFieldState, formState } = useFormContext();
  const { error } = getFieldState(name, formState);
  return error === undefined ? undefined : (error.message ?? error.root?.message);
}
