import classes from './button.module.css';

export type ButtonLook = 'primary' | 'default' | 'subtle' | 'danger';
export type ButtonSize = 'sm' | 'md';

/** Class names of everything that looks like a button: buttons, links, file links. */
export function buttonStyle(look: ButtonLook, size: ButtonSize): string {
  return `${classes.button} ${classes[look]} ${size === 'sm' ? classes.sm : ''}`;
}
