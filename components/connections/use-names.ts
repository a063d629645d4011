import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import type { MappingRow } from '@/lib/connections/connection-view';
import type { ActionResult } from '@/lib/result';

interface Given {
  connectionId: string;
  rows: readonly MappingRow[];
  readNames: ((input: { connectionId: string }) => Promise<ActionResult<{ read: number }>>) | null;
}

/** Has the names of mappings read that were declared by their id alone, once for each page. Says whether that is going on. */
export function useNames({ connectionId, rows, readNames }: Given): boolean {
  const router = useRouter();
  const asked = useRef(false);
  const [reading, setReading] = useState(false);
  const unread = rows.some((row) => row.externalName === '' && !row.nameRead);
  useEffect(() => {
    if (!unread || readNames === null || asked.current) return;
    asked.current = true;
    setReading(true);
    void readNames({ connectionId }).then((result) => {
      setReading(false);
      if (result.ok && result.value.read > 0) router.refresh();
    });
  }, [unread, readNames, connectionId, router]);
  return reading;
}
