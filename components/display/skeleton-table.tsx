import { useTranslations } from 'next-intl';
import classes from './skeleton-table.module.css';

const widths = [72, 48, 84, 56, 64, 40] as const;

/** The shape of a list that is on its way; seen only if it takes longer than 200 ms. */
export function SkeletonTable({ rows = 8, columns = 5 }: { rows?: number; columns?: number }) {
  const t = useTranslations('display');
  const across = Array.from({ length: columns }, (_, column) => column);
  return (
    <div role="status" className={classes.root}>
      <span className="visually-hidden">{t('loading')}</span>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className={classes.row} style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }} aria-hidden>
          {across.map((column) => (
            <div
              key={column}
              className={classes.bar}
              style={{ width: `${widths[(row + column * 2) % widths.length] ?? 60}%` }}
            />
          ))}
        </div>
      ))}
    </div>
  );
}
