import { expect, test } from 'vitest';
import type { PlanRow, PlanView } from '@/lib/onboarding/plan-view';
import { toPlanChanges } from './plan-changes';

const row: PlanRow = {
  connectionId: 'connection',
  connectionName: 'Connection',
  vendor: 'cloud-cockpit',
  sandbox: true,
  verdict: 'create',
  reason: 'new-at-vendor',
  ownerName: 'Owner',
  found: [],
  ours: [],
  vendorId: null,
  openAttempt: null,
  mayAdopt: false,
  mayCreateAnyway: false,
  problem: null,
  findings: [],
  request: { method: 'POST', path: '/v1/Customers', headers: {}, body: { companyName: 'Zeus' } },
  readAt: '2026-11-20T15:00:00.000Z',
  services: [],
};

function plan(...rows: PlanRow[]): PlanView {
  return { correlationId: 'id', planHash: 'hash', customerName: 'Zeus', rows, acting: rows.length, services: 0 };
}

const moved = (part: Partial<PlanRow>) => toPlanChanges(plan(row), plan({ ...row, ...part })).map(({ what }) => what);

test('a plan that was only read again has not moved', () => {
  expect(moved({ readAt: '2026-11-20T15:01:00.000Z' })).toEqual([]);
});

test('what moved is named by what matters most', () => {
  expect(moved({ verdict: 'blocked', reason: 'same-name-at-vendor' })).toEqual(['verdict']);
  expect(moved({ reason: 'carries-our-key' })).toEqual(['reason']);
  expect(moved({ vendorId: 'other' })).toEqual(['found']);
  expect(
    moved({ request: { method: 'POST', path: '/v1/Customers', headers: {}, body: { companyName: 'Hera' } } }),
  ).toEqual(['request']);
});

test('a connection that is no longer part of the plan is named', () => {
  expect(toPlanChanges(plan(row), plan()).map(({ what }) => what)).toEqual(['gone']);
});
