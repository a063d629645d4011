import { type ReactNode, useId } from 'react';
import { Link } from '../display/link';
import { LinkPending } from '../display/link-pending';
import classes from './data-table.module.css';

export interface Column {
  readonly key: string;
  readonly header: string;
  readonly align?: 'left' | 'right';
  /** Ids, amounts, times: monospaced, kept on one line. */
  readonly mono?: boolean;
  /** Left out on narrower screens: sm 640, md 992, lg 1,200 pixels. */
  readonly hideBelow?: 'sm' | 'md' | 'lg';
  /** Keeps its content on one line. */
  readonly nowrap?: boolean;
  /** Takes whatever room there is: sentences and what unfolds below them, not names. */
  readonly wide?: boolean;
  /** A CSS width, where the content alone would choose badly. */
  readonly width?: string;
}

export interface Row {
  readonly id: string;
  readonly cells: Readonly<Record<string, ReactNode>>;
  /** Where the whole row leads. The anchor is real: it opens in a new tab, and is what the keyboard reaches. */
  readonly href?: string;
  /** Draws the eye: something in this row waits for a person. In the colour of its state. */
  readonly marked?: 'refused' | 'unknown' | null;
}

interface Props {
  /** What the table lists, for screen readers: "Customers". */
  caption: string;
  columns: readonly Column[];
  rows: readonly Row[];
  /** The column whose content becomes the row's link: a name or an id as text, nothing that acts. Default: the first. */
  linkColumn?: string;
  /** Shown in place of an empty table: an EmptyState. */
  empty?: ReactNode;
}

const hiding = { sm: classes.belowSm, md: classes.belowMd, lg: classes.belowLg } as const;

function styleOf({ align, mono, nowrap, wide, hideBelow }: Column): string {
  return [
    align === 'right' ? classes.right : '',
    mono === true ? classes.mono : '',
    nowrap === true ? classes.nowrap : '',
    wide === true ? classes.wide : '',
    hideBelow === undefined ? '' : hiding[hideBelow],
  ].join(' ');
}

/**
 * A dense list of records. The heading stays in sight, a whole row is one link, and on a phone each row reads as a card
 * with its headings before the values.
 */
export function DataTable({ caption, columns, rows, linkColumn, empty }: Props) {
  const captionId = useId();
  if (rows.length === 0 && empty !== undefined) return empty;
  const linked = linkColumn ?? columns[0]?.key;
  return (
    <div className={classes.frame}>
      {/* The roles repeat what the elements are: shown as cards, they would lose it. */}
      {/* biome-ignore-start lint/a11y/noRedundantRoles: see above */}
      <table role="table" aria-labelledby={captionId} className={classes.table}>
        <caption id={captionId} className="visually-hidden">
          {caption}
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th
                key={column.key}
                role="columnheader"
                scope="col"
                className={styleOf(column)}
                style={column.width === undefined ? undefined : { width: column.width }}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={row.id} role="row" data-linked={row.href !== undefined} data-marked={row.marked ?? undefined}>
              {columns.map((column) => (
                <td
                  key={column.key}
                  role="cell"
                  data-heading={column.header}
                  data-title={row.href !== undefined && column.key === linked}
                  className={styleOf(column)}
                >
                  {row.href !== undefined && column.key === linked ? (
                    <Link href={row.href} className={classes.link}>
                      {row.cells[column.key]}
                      <LinkPending />
                    </Link>
                  ) : (
                    <div className={classes.value}>{row.cells[column.key]}</div>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {/* biome-ignore-end lint/a11y/noRedundantRoles: see above */}
    </div>
  );
}
