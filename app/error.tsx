'use client';

import { ErrorPage } from '@/components/shell/error-page';

/** A page outside the frame failed, or the frame itself. */
export default function RootError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main>
      <ErrorPage digest={error.digest} onRetry={reset} />
    </main>
  );
}
