import type { ReactNode } from 'react';

/** What every field of a form takes. The form comes from react-hook-form's FormProvider around it. */
export interface FieldProps {
  /** Path in the form's values: `contact.email`. */
  readonly name: string;
  readonly label: string;
  /** Help above the control. */
  readonly description?: ReactNode;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly placeholder?: string;
}
