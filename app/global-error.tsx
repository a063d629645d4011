'use client';

import { ErrorPage } from '@/components/shell/error-page';
import './globals.css';

/** The root layout itself failed: the only page that brings its own document. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main>
          <ErrorPage digest={error.digest} onRetry={reset} />
        </main>
      </body>
    </html>
  );
}
