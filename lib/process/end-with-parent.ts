import 'server-only';

/** Variable by which a process tells the one it starts: end when I am gone. */
export const parentVariable = 'QUAYSIDE_PARENT_PID';

/**
 * Calls `end` once when the process that started us with `QUAYSIDE_PARENT_PID` is gone, however it went: a process that
 * was killed can tell nobody, but its children get another parent. Does nothing when the variable is not set.
 */
export function endWithParent(end: () => void): void {
  const parent = Number(process.env[parentVariable]);
  // What we start has us as its parent.
  delete process.env[parentVariable];
  if (!Number.isInteger(parent) || parent === 0) return;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    end();
  }, 300);
  watch.unref();
}
