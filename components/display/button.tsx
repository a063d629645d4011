import type { ComponentPropsWithRef, ReactNode } from 'react';
import { type ButtonLook, type ButtonSize, buttonStyle } from './button-style';

interface Props extends Omit<ComponentPropsWithRef<'button'>, 'className'> {
  look?: ButtonLook;
  size?: ButtonSize;
  icon?: ReactNode;
}

/** A plain button: no library behind it, so that pages that only read stay small. One `primary` per page. */
export function Button({ look = 'default', size = 'md', icon, children, type = 'button', ...rest }: Props) {
  return (
    <button type={type} className={buttonStyle(look, size)} {...rest}>
      {icon}
      <span>{children}</span>
    </button>
  );
}
