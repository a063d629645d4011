import classes from './two-lines.module.css';

/** A text that a narrow column may cut short is whole on hover; a short one needs no bubble. */
export const wholeOf = (text: string): string | undefined => (text.length > 20 ? text : undefined);

/**
 * A name in a cell: its own direction, at most three lines of it with the whole on hover; all of it where rows are cards, as
 * nobody hovers on a phone.
 */
export function Name({ text }: { text: string }) {
  return (
    <bdi className={classes.name} title={wholeOf(text)}>
      {text}
    </bdi>
  );
}
