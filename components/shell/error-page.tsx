'use client';

import texts from '@/lib/messages/en/error-page.json';
import { Button } from '../display/button';
import { buttonStyle } from '../display/button-style';
import { MessagePage } from './message-page';

interface Props {
  /** Finds the entry in the server's log. */
  digest: string | undefined;
  onRetry: () => void;
}

/**
 * A page failed while it was being made. Its texts come straight from the catalogue's file: the provider of the page may
 * be what failed, and Next sends error pages along with every page, so they must weigh nothing.
 */
export function ErrorPage({ digest, onRetry }: Props) {
  const reference = (
    <>
      {texts.reference} <span className="mono">{digest}</span>
    </>
  );
  return (
    <MessagePage
      title={texts.title}
      text={texts.text}
      {...(digest === undefined ? {} : { reference })}
      action={
        <>
          <Button look="primary" onClick={onRetry}>
            {texts.retry}
          </Button>
          {/* A whole load, not a navigation: whatever is broken in this document goes with it. */}
          <a href="/" className={buttonStyle('default', 'md')}>
            {texts.home}
          </a>
        </>
      }
    />
  );
}
