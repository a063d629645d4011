import NextLink from 'next/link';
import type { ComponentProps } from 'react';

/**
 * Next's link, which fetches nothing before it is followed. Every page here shows records as they are now, so nothing of it
 * can be fetched ahead: Next would ask the server for two dozen empty answers with each page that has the navigation on it.
 */
export function Link(props: Omit<ComponentProps<typeof NextLink>, 'prefetch'>) {
  return <NextLink {...props} prefetch={false} />;
}
