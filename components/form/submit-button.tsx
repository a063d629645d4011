'use client';

import type { ReactNode } from 'react';
import { useFormStatus } from 'react-dom';
import type { ButtonLook } from '../display/button-style';
import { BusyButton } from './busy-button';

interface Props {
  /** A verb and its object: "Save the connection". */
  children: ReactNode;
  /** What is happening, in words: "Saving the connection…". */
  working?: string;
  /** Of react-hook-form's `isSubmitting`; a form with an action needs it not. */
  busy?: boolean;
  look?: ButtonLook;
}

/** Sends the form it is in, once: further clicks and Enter do nothing until it has answered. */
export function SubmitButton({ children, working, busy = false, look = 'primary' }: Props) {
  const { pending } = useFormStatus();
  return (
    <BusyButton type="submit" busy={busy || pending} working={working} look={look}>
      {children}
    </BusyButton>
  );
}
