import classes from './two-lines.module.css';

/** A name in a cell: its own direction, and at most three lines of it; the whole is in its record, and on hover. */
export function Name({ text }: { text: string }) {
  return (
    <bdi className={classes.name} title={text.length > 60 ? text : undefined}>
      {text}
    </bdi>
  );
}
