import 'server-only';

/** A login as it is shown. */
export type ShownLogin = { email: string; password: string; role: string; partner: string };

/** Prints where the demo is and who can sign in, in columns. */
export function printDemo({
  url,
  logins,
  place,
  seconds,
}: {
  url: string;
  logins: readonly ShownLogin[];
  place: string;
  seconds: number;
}): void {
  const rows = logins.map(({ email, password, role, partner }) => [email, password, role, partner]);
  const table = [['E-mail', 'Password', 'Role', 'Partner'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  const lines = table.map(
    (row) =>
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('   ')
        .trimEnd()}`,
  );
  const head = [`Quayside is ready after ${seconds.toFixed(1)} s:  ${url}`, ''];
  const foot = ['', `  PostgreSQL: ${place}. Logs: .data/*.log`, '  Ctrl-C stops everything and keeps the data.'];
  process.stdout.write(`\n${[...head, ...lines, ...foot].join('\n')}\n\n`);
}
