import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { appendAuditEntry } from '../audit/append-entry';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import { asActor } from '../db/as-actor';
import { NotFound, Stale } from '../errors';
import { log } from '../log';
import { VendorError } from '../vendors/http/vendor-error';
import { adapterFor } from '../vendors/registry';
import type { VendorCall } from '../vendors/vendor';
import { wakeConnection } from './connection-health';
import { type LoadedConnection, loadVendorConnection } from './load-vendor-connection';
import { keepNames } from './read-names';
import { type TestReport, testReportSchema } from './test-report';
import { makeVendorCall } from './vendor-call';

/** Longest a test takes, in milliseconds: a person waits for it. */
const testMs = 25_000;

/** The report in its allow-listed shape, as plain JSON. */
const storable = z.record(z.string(), z.json());

/**
 * Signs in anew and reads one customer, and keeps what came of it. A success takes *broken* back; refused credentials set
 * it. Works for a disabled or broken connection too, so that it can be tried before it is used.
 * @throws NotFound, Forbidden; Stale when it was edited while the test ran, whose result then says nothing;
 *   ConnectionUnusable when there is no secret to sign in with
 */
export async function testConnection(actor: Actor, connectionId: string): Promise<TestReport> {
  const version = await asActor(actor, async (tx) => {
    const row = await tx.connection.findUnique({
      where: { id: connectionId },
      select: { partnerId: true, version: true },
    });
    if (row === null) throw new NotFound();
    await authorize(tx, actor, 'connection.test', row.partnerId);
    return row.version;
  });
  const connection = await loadVendorConnection(connectionId, { forTest: true });
  if (connection.version !== version) throw new Stale();
  const call = makeVendorCall({
    connection,
    correlationId: uuidv7(),
    attemptId: null,
    signal: AbortSignal.timeout(testMs),
    evenAtRest: true,
  });
  const report = await adapterFor(connection.vendor).probe(call);
  if (report.ok) await wakeConnection(connectionId);
  await keep(actor, { connectionId, partnerId: connection.ownerPartnerId, version, report });
  if (report.ok) await readNamesToo(connection, call);
  return report;
}

/** The test is passed already: a vendor that does not name what it was asked for says nothing against the connection. */
async function readNamesToo(connection: LoadedConnection, call: VendorCall): Promise<void> {
  try {
    await keepNames(connection, call, 'nameless');
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    log.info({ connectionId: connection.connectionId, problem: error.problem.message }, 'names were not read');
  }
}

async function keep(
  actor: Actor,
  tested: {
    readonly connectionId: string;
    readonly partnerId: string;
    readonly version: number;
    readonly report: TestReport;
  },
): Promise<void> {
  const { connectionId, partnerId, version, report } = tested;
  await asActor(actor, async (tx) => {
    // Asked again: the vendor took its time, and a right may be gone meanwhile.
    const role = await authorize(tx, actor, 'connection.test', partnerId);
    const refused = !report.ok && report.failed === 'credentials';
    const mended = report.ok ? { brokenAt: null, brokenReason: null } : {};
    // Without a change this still holds the row, so that the version cannot move in between.
    const { count } = await tx.connection.updateMany({
      where: { id: connectionId, version },
      data: { version, ...mended },
    });
    if (count === 0) throw new Stale();
    if (refused) {
      const data = { brokenAt: new Date(), brokenReason: report.problem.message };
      await tx.connection.updateMany({ where: { id: connectionId, brokenAt: null }, data });
    }
    const testResult = storable.parse(testReportSchema.parse(report));
    await tx.connectionSetting.update({ where: { connectionId }, data: { testedAt: new Date(), testResult } });
    await appendAuditEntry(tx, {
      partnerId,
      action: 'connection.tested',
      subject: { kind: 'connection', id: connectionId },
      detail: { result: report.ok ? 'ok' : report.failed },
      by: { actor, role },
    });
  });
}
