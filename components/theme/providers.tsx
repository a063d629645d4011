'use client';

import { MantineProvider } from '@mantine/core';
import { setNonce } from 'get-nonce';
import { type ReactNode, useState } from 'react';
import './browser-zod';
import { NotificationsOutlet } from '../display/notifications-outlet';
import { cssVariablesResolver, theme } from './theme';

/** What every page needs around it in the browser. `nonce` is the one of the response that brought the document. */
export function Providers({ nonce, children }: { nonce: string; children: ReactNode }) {
  // The document keeps the policy it came with: a nonce from a later navigation would not match it.
  const [documentNonce] = useState(() => {
    setNonce(nonce);
    return nonce;
  });
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      getStyleNonce={() => documentNonce}
    >
      {children}
      <NotificationsOutlet />
    </MantineProvider>
  );
}
