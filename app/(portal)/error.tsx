'use client';

import { ErrorPage } from '@/components/shell/error-page';

/** A page inside the frame failed; the frame and its navigation stay. */
export default function PortalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <ErrorPage digest={error.digest} onRetry={reset} />;
}
