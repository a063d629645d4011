import type { ReactNode } from 'react';
import classes from './key-value-list.module.css';

export interface KeyValue {
  readonly label: string;
  readonly value: ReactNode;
}

/** Facts of a record, one below the other. */
export function KeyValueList({ items }: { items: readonly KeyValue[] }) {
  return (
    <dl className={classes.list}>
      {items.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
