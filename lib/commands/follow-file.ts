import 'server-only';
import { closeSync, openSync, readSync } from 'node:fs';

const everyMs = 250;

/**
 * Hands on the lines that a program writes into its log, while it runs.
 * @returns ends the following, with the lines that came last
 */
export function followFile(file: string, onLine: (line: string) => void): () => void {
  let at = 0;
  let rest = Buffer.alloc(0);
  const read = () => {
    const descriptor = openSync(file, 'a+');
    try {
      const chunk = Buffer.alloc(64 * 1024);
      for (let size = -1; size !== 0; ) {
        size = readSync(descriptor, chunk, 0, chunk.length, at);
        at += size;
        // Cut at line ends while still bytes: a character may lie across two readings.
        rest = Buffer.concat([rest, chunk.subarray(0, size)]);
      }
    } finally {
      closeSync(descriptor);
    }
    const end = rest.lastIndexOf('\n');
    if (end === -1) return;
    const lines = rest.subarray(0, end).toString('utf8').split('\n');
    rest = rest.subarray(end + 1);
    lines.forEach(onLine);
  };
  const timer = setInterval(read, everyMs);
  return () => {
    clearInterval(timer);
    read();
  };
}
