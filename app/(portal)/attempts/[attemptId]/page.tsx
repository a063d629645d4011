import { redirect } from 'next/navigation';
import { findAttemptPage } from '@/lib/attempts/find-attempt-page';
import { actorPage } from '@/lib/pages/actor-page';

/** An attempt is shown in the record of its onboarding. */
export default actorPage(
  '/attempts/[attemptId]',
  ({ actor, params }) => findAttemptPage(actor, params.attemptId ?? ''),
  (href) => redirect(href),
);
