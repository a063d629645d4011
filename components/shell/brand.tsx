import classes from './brand.module.css';

/** Mark and name: a quay, with water beside it. */
export function Brand({ name }: { name: string }) {
  return (
    <span className={classes.brand}>
      <svg width="22" height="22" viewBox="0 0 24 24" aria-hidden="true">
        <rect width="24" height="24" rx="6" fill="var(--qs-accent)" />
        <path d="M5 6.5h14v3.2H9.6v8.1H5z" fill="#fff" />
        <path d="M12 13.2h7M12 17h7" stroke="#fff" strokeWidth="1.9" strokeLinecap="round" opacity=".75" />
      </svg>
      <span>{name}</span>
    </span>
  );
}
