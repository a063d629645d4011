'use client';

import { IconPencil } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/display/button';
import { Section } from '@/components/display/section';
import { SkeletonTable } from '@/components/display/skeleton-table';
import type { CustomerEditorProps } from './customer-editor';

// Loaded when somebody edits: the page is read far more often.
const CustomerEditor = dynamic(() => import('./customer-editor').then((module) => module.CustomerEditor), {
  ssr: false,
  loading: () => <SkeletonTable rows={6} columns={2} />,
});

interface Props extends Omit<CustomerEditorProps, 'onClose'> {
  title: string;
  description: string;
  editLabel: string;
  mayEdit: boolean;
  /** The facts as they are read. */
  children: ReactNode;
}

/** The facts of a customer, and in their place the form that edits them. */
export function EditableFacts({ title, description, editLabel, mayEdit, children, ...editor }: Props) {
  const [editing, setEditing] = useState(false);
  const edit = (
    <Button size="sm" icon={<IconPencil size={14} aria-hidden />} onClick={() => setEditing(true)}>
      {editLabel}
    </Button>
  );
  return (
    <Section title={title} description={description} framed action={mayEdit && !editing ? edit : undefined}>
      {editing ? <CustomerEditor {...editor} onClose={() => setEditing(false)} /> : children}
    </Section>
  );
}
