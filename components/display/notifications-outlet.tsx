'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { type Notification, onNotification } from './notify';

const NotificationsHost = dynamic(() => import('./notifications-host').then((module) => module.NotificationsHost), {
  ssr: false,
});

/** Holds the place of the messages and loads what draws them when the first one comes. */
export function NotificationsOutlet() {
  const [first, setFirst] = useState<readonly Notification[]>([]);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    if (ready) return;
    return onNotification((notification) => setFirst((known) => [...known, notification]));
  }, [ready]);
  if (first.length === 0) return null;
  return <NotificationsHost first={first} onReady={() => setReady(true)} />;
}
