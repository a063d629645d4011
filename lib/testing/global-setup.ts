import { startTestCluster } from './cluster';

/** Called by vitest before the first test file; what it returns runs after the last one. */
export default async function setup(): Promise<() => Promise<void>> {
  return startTestCluster();
}
