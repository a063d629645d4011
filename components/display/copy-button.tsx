'use client';

import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { Button } from './button';
import { useCopy } from './use-copy';

interface Props {
  /** What is put on the clipboard. */
  text: string;
  /** What it is, as in "Copy {label}". */
  label: string;
  /** Words on the button; "Copy {label}" when left out. */
  children?: string;
  size?: 'sm' | 'md';
}

/** A button with words that copies a longer text. For ids take CopyableId. */
export function CopyButton({ text, label, children, size = 'md' }: Props) {
  const t = useTranslations('display.copy');
  const { copied, copy } = useCopy(label);
  const icon = copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />;
  return (
    <Button size={size} icon={icon} onClick={() => void copy(text)}>
      {children ?? t('action', { label })}
    </Button>
  );
}
