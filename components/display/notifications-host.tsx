'use client';

import { Notifications, notifications } from '@mantine/notifications';
import { IconCheck, IconInfoSmall, IconX } from '@tabler/icons-react';
import '@mantine/notifications/styles.layer.css';
import { useEffect, useRef } from 'react';
import texts from '@/lib/messages/en/display.json';
import { type Notification, onNotification } from './notify';

const looks = {
  success: { color: 'green.8', icon: <IconCheck size={18} aria-hidden /> },
  error: { color: 'red.8', icon: <IconX size={18} aria-hidden /> },
  info: { color: 'indigo', icon: <IconInfoSmall size={22} aria-hidden /> },
} as const;

function show({ kind, title, message }: Notification) {
  notifications.show({
    ...looks[kind],
    title,
    message: message ?? '',
    // What failed stays until it was read.
    autoClose: kind === 'error' ? false : 6000,
    closeButtonProps: { 'aria-label': texts.dialog.close },
  });
}

/** Draws messages with Mantine; loaded with the first of them, which it shows when it is in place. */
export function NotificationsHost({ first, onReady }: { first: readonly Notification[]; onReady: () => void }) {
  const shown = useRef(false);
  useEffect(() => {
    if (shown.current) return;
    shown.current = true;
    onReady();
    for (const notification of first) show(notification);
    onNotification(show);
  }, [first, onReady]);
  return <Notifications position="bottom-right" limit={4} />;
}
