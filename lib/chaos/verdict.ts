import 'server-only';
import { readState } from '../attempts/attempt';
import { attemptStateSchema } from '../attempts/attempt-state-schema';
import { asSystem } from '../db/as-system';
import type { CustomerThere, FourVendors } from '../testing/four-vendors';
import { type VendorKey, vendorKeys } from '../vendors/vendor';

/** What a chaos run came to. Everything but `attempts`, `succeeded` and the faults has to be zero. */
export interface ChaosVerdict {
  readonly attempts: number;
  readonly byVendor: Readonly<Record<string, number>>;
  readonly byState: Readonly<Record<string, number>>;
  /** Attempts that were unknown until a worker found what they had made. */
  readonly settledByLookUp: number;
  /** R12: creates at the vendors that met a fault, by its kind. */
  readonly faults: Readonly<Record<string, number>>;
  /** R1: customers at a vendor beyond the first of one onboarding. */
  readonly duplicates: readonly string[];
  /** R3: customers and creates at a vendor that no attempt past *sent* accounts for, and successes without a customer. */
  readonly orphans: readonly string[];
  /** R2: attempts that are neither done nor waiting for a person. */
  readonly open: number;
}

interface Row {
  readonly vendor: string;
  readonly name: string;
  readonly state: string;
  readonly wasSent: boolean;
  readonly settlement: string | null;
  readonly vendorId: string | null;
}

/** Holds what the vendors have against what our records say. Reads only. */
export async function judge(four: FourVendors, prefix: string): Promise<ChaosVerdict> {
  const rows = await attemptRows();
  const byState = countBy(rows, (row) => row.state);
  const byVendor = countBy(rows, (row) => row.vendor);
  const settledByLookUp = rows.filter((row) => row.settlement === 'look-up').length;
  const duplicates: string[] = [];
  const orphans: string[] = [];
  const faults: Record<string, number> = {};
  for (const vendor of vendorKeys) {
    const there = await four.customersAt(vendor, prefix);
    const creates = await four.createsAt(vendor, prefix);
    const own = rows.filter((row) => row.vendor === vendor);
    const found = held(vendor, own, there);
    duplicates.push(...found.duplicates);
    orphans.push(...found.orphans);
    for (const { ending } of creates) if (ending !== null) faults[ending] = (faults[ending] ?? 0) + 1;
    // Each request that took effect belongs to an attempt that had its mark before.
    const applied = creates.filter((create) => create.applied).length;
    const sent = own.filter((row) => row.wasSent).length;
    if (applied > sent) orphans.push(`${vendor}: ${applied} creates took effect, ${sent} attempts were sent`);
  }
  const open = (byState.pending ?? 0) + (byState.sent ?? 0);
  return { attempts: rows.length, byVendor, byState, settledByLookUp, faults, duplicates, orphans, open };
}

function countBy(rows: readonly Row[], of: (row: Row) => string): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(rows, of)].map(([key, group]) => [key, group.length]));
}

/** Attempts so far at the vendor that has fewest. Reads only. */
export async function leastAttempts(): Promise<number> {
  const counts = await asSystem('verify the audit chain', (tx) => tx.attempt.groupBy({ by: ['vendor'], _count: true }));
  return Math.min(...vendorKeys.map((vendor) => counts.find((row) => row.vendor === vendor)?._count ?? 0));
}

/** One vendor's customers beside our attempts, matched by the customer's own name. */
function held(vendor: VendorKey, rows: readonly Row[], there: readonly CustomerThere[]) {
  const duplicates: string[] = [];
  const orphans: string[] = [];
  const attemptsOf = Map.groupBy(rows, (row) => row.name);
  const customersOf = Map.groupBy(there, (customer) => customer.name.replace(/ sim:.*$/, ''));
  for (const [name, customers] of customersOf) {
    if (customers.length > 1) duplicates.push(`${vendor}: ${customers.length} × ${name}`);
    const attempts = attemptsOf.get(name) ?? [];
    const accounted = attempts.some((row) => row.wasSent && (row.state === 'succeeded' || row.state === 'unknown'));
    if (!accounted) orphans.push(`${vendor}: ${name} is there, our attempts say ${attempts.map((row) => row.state)}`);
  }
  for (const row of rows) {
    const match = customersOf.get(row.name)?.some((customer) => customer.id === row.vendorId) ?? false;
    if (row.state === 'succeeded' && !match) orphans.push(`${vendor}: ${row.name} succeeded, and is not there`);
  }
  return { duplicates, orphans };
}

async function attemptRows(): Promise<readonly Row[]> {
  const now = new Date();
  const found = await asSystem('verify the audit chain', (tx) =>
    tx.attempt.findMany({
      select: {
        vendor: true,
        state: true,
        deadline: true,
        sentAt: true,
        settlement: true,
        vendorId: true,
        customer: { select: { name: true } },
      },
    }),
  );
  return found.map((row) => ({
    vendor: row.vendor,
    name: row.customer?.name ?? '',
    state: readState({ state: attemptStateSchema.parse(row.state), deadline: row.deadline }, now),
    wasSent: row.sentAt !== null,
    settlement: row.settlement,
    vendorId: row.vendorId,
  }));
}
