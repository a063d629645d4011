import 'server-only';
import { PrismaPg } from '@prisma/adapter-pg';
import type { Transaction } from '@prisma/driver-adapter-utils';
import type pg from 'pg';

/**
 * PostgreSQL for Prisma, where the queries of a transaction take turns. Prisma asks for several relations of one row at
 * once, though a transaction is one connection and can ask one thing at a time: `pg` queued them so far, warns of it now,
 * and will refuse.
 */
export class PrismaPgInTurns extends PrismaPg {
  constructor(pool: pg.Pool) {
    super(pool);
  }

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    const start = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (level) => inTurns(await start(level));
    return adapter;
  }
}

/** The same transaction; a query waits until the one before it has ended, however it ended. */
function inTurns(transaction: Transaction): Transaction {
  let last: Promise<unknown> = Promise.resolve();
  const turn = <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    const mine = last.then(ask);
    last = mine.catch(() => undefined);
    return mine;
  };
  const { queryRaw, executeRaw } = transaction;
  transaction.queryRaw = (query) => turn(() => queryRaw.call(transaction, query));
  transaction.executeRaw = (query) => turn(() => executeRaw.call(transaction, query));
  return transaction;
}
