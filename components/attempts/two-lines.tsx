import type { ReactNode } from 'react';
import { Name, wholeOf } from './name';
import classes from './two-lines.module.css';

/** A value with what explains it below, in a cell. The second line is left out when it is null or empty. */
export function TwoLines({ first, second }: { first: ReactNode; second: string | null }) {
  return (
    <span className={classes.lines}>
      {typeof first === 'string' ? <Name text={first} /> : <bdi>{first}</bdi>}
      {second !== null && second !== '' && (
        <bdi className={`${classes.second} ${classes.name}`} title={wholeOf(second)}>
          {second}
        </bdi>
      )}
    </span>
  );
}
