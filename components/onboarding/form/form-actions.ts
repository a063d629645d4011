import type { DraftContent } from '@/lib/onboarding/form-start';
import type { ActionResult } from '@/lib/result';
import type { PlanActions } from './use-plan';

/** What the page lets its form do: server actions, handed down because components do not import from `app`. */
export interface FormActions extends PlanActions {
  readonly saveDraft: (
    content: DraftContent & { readonly correlationId: string },
  ) => Promise<ActionResult<{ readonly savedAt: string }>>;
  readonly forgetChoices: (input: {
    readonly partnerId: string;
    readonly connectionId: string;
  }) => Promise<ActionResult<void>>;
  readonly discardDraft: (input: { readonly correlationId: string }) => Promise<ActionResult<void>>;
}
