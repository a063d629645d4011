/** What a build says of itself that tells how far it is, as our own words; its other lines are for its log. */
const steps: readonly (readonly [RegExp, (found: RegExpMatchArray) => string])[] = [
  [/^Creating an optimized production build/, () => 'compiling the portal …'],
  [/^Compiled .*successfully in (\S+)/, ([, took]) => `compiled in ${took}`],
  [/^Collecting page data/, () => 'collecting the pages …'],
  [/^Generating static pages.*\((\d+)\/(\d+)\)/, ([, done, all]) => `prepared ${done} of ${all} pages`],
  [/^Finalizing page optimization/, () => 'finishing …'],
];

/** A line of the build's output in our words; null where it is no step. Pure. */
export function toBuildStep(line: string): string | null {
  const plain = line.replace(/^[\s✓▲]+/, '');
  for (const [pattern, words] of steps) {
    const found = pattern.exec(plain);
    if (found !== null) return words(found);
  }
  return null;
}
