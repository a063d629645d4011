import { Skeleton } from '@mantine/core';
import classes from './section.module.css';

/** In the shape of what comes: two lines of a vendor's section. */
export function SectionSkeleton() {
  return (
    <div className={classes.fields} aria-hidden>
      <Skeleton height={58} />
      <Skeleton height={58} />
    </div>
  );
}
