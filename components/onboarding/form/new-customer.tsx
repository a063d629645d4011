'use client';

import type { SelectOption } from '@/components/form/select-field';
import type { FormStart } from '@/lib/onboarding/form-start';
import type { FormActions } from './form-actions';
import { NewCustomerForm } from './new-customer-form';
import { useNavigationKey } from './use-navigation-key';

interface Props {
  start: FormStart;
  countries: readonly SelectOption[];
  /** A connection that a link asks for. */
  connectionId: string | null;
  timeZone: string;
  actions: FormActions;
}

/** The page "New customer": one form per intent. */
export function NewCustomer(props: Props) {
  const { key, onMint } = useNavigationKey();
  return <NewCustomerForm key={key} {...props} onMint={onMint} />;
}
