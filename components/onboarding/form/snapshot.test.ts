import { describe, expect, test } from 'vitest';
import { emptyCustomerFacts } from '@/lib/customers/customer-facts';
import type { FormConnection, FormStart } from '@/lib/onboarding/form-start';
import { submissionSchema } from '@/lib/onboarding/submission';
import { emptyInput, toDraft, toFirstSnapshot, toRecord, toSubmission, withoutRemembered } from './snapshot';

const one = '0198c2a0-1111-7000-8000-000000000001';
const two = '0198c2a0-1111-7000-8000-000000000002';

function connection(connectionId: string, part: Partial<FormConnection> = {}): FormConnection {
  return {
    connectionId,
    name: connectionId,
    vendor: 'cloud-cockpit',
    ownerName: 'Ridge IT',
    shared: false,
    sandbox: true,
    unusable: null,
    resting: false,
    mappingId: null,
    mappingName: null,
    own: null,
    profile: null,
    ...part,
  };
}

function start(part: Partial<FormStart>): FormStart {
  return {
    correlationId: null,
    partners: [],
    partnerId: '0198c2a0-0000-7000-8000-000000000001',
    customer: null,
    facts: emptyCustomerFacts,
    vendors: [],
    connections: [connection(one), connection(two)],
    remembered: {},
    submitted: false,
    draftSavedAt: null,
    drafts: [],
    ...part,
  };
}

const draft = (connectionId: string, retryOf: string | null = null) => ({
  connectionId,
  input: {},
  retryOf,
  services: [],
  problem: null,
  corrected: [],
});

describe('what a section opens with', () => {
  const remembered = { [one]: { city: 'Lisboa' }, [two]: { city: 'Porto' } };

  test('the choices of last time, where there are any', () => {
    const { inputs } = toFirstSnapshot(start({ remembered: { [one]: { city: 'Lisboa' } } }), null);
    expect(inputs[one]).toEqual({ city: 'Lisboa' });
    expect(inputs[two]).toEqual(emptyInput('cloud-cockpit'));
  });
  test('what a draft or a retry holds, before anything else', () => {
    const { inputs } = toFirstSnapshot(start({ remembered, vendors: [draft(two)] }), null);
    expect(inputs[two]).toEqual({});
    expect(inputs[one]).toEqual({ city: 'Lisboa' });
  });
  test('forgotten choices are empty again; what was typed beside them stays', () => {
    const typed = { ...toRecord(emptyInput('avepoint')), dataCenter: 'west', tags: ['gold'] };
    expect(withoutRemembered('avepoint', typed)).toEqual({ ...toRecord(emptyInput('avepoint')), tags: ['gold'] });
  });
});

describe('what is chosen when the form opens', () => {
  test('nothing, when there are several', () => {
    expect(toFirstSnapshot(start({}), null).chosen).toEqual([]);
  });
  test('the only usable connection', () => {
    const connections = [connection(one, { unusable: 'broken' }), connection(two)];
    expect(toFirstSnapshot(start({ connections }), null).chosen).toEqual([two]);
  });
  test('the one that a link asks for, if it can be used', () => {
    expect(toFirstSnapshot(start({}), two).chosen).toEqual([two]);
    const connections = [connection(one), connection(two, { unusable: 'disabled' })];
    expect(toFirstSnapshot(start({ connections }), two).chosen).toEqual([one]);
  });
  test('what a draft holds, in the order of the page, as far as it can still be used', () => {
    expect(toFirstSnapshot(start({ vendors: [draft(two), draft(one)] }), null).chosen).toEqual([one, two]);
    const connections = [connection(one), connection(two, { unusable: 'broken' })];
    expect(toFirstSnapshot(start({ connections, vendors: [draft(one), draft(two)] }), null).chosen).toEqual([one]);
  });
  test('the connection of a retry, whatever became of it', () => {
    const connections = [connection(one, { unusable: 'broken' }), connection(two)];
    expect(toFirstSnapshot(start({ connections, vendors: [draft(one, 'attempt')] }), null).chosen).toEqual([one]);
  });
});

test('a submission has the shape that the server takes', () => {
  const facts = { ...emptyCustomerFacts, name: 'Zeus & Sons', country: 'PT' };
  const snapshot = {
    ...toFirstSnapshot(start({ facts }), one),
    decisions: { [one]: { kind: 'create-anyway' as const } },
  };
  const submission = toSubmission(snapshot, {
    start: start({}),
    correlationId: '0198c2a0-3333-7000-8000-000000000001',
  });
  expect(submissionSchema.safeParse(submission).success).toBe(true);
  expect(submission.vendors).toMatchObject([{ connectionId: one, decision: { kind: 'create-anyway' }, retryOf: null }]);
});

test('a draft for another partner keeps what was typed', () => {
  const other = '0198c2a0-0000-7000-8000-000000000002';
  const facts = { ...emptyCustomerFacts, name: 'Zeus & Sons' };
  const saved = toDraft(toFirstSnapshot(start({ facts }), one), start({}), other);
  expect(saved).toMatchObject({ partnerId: other, facts: { name: 'Zeus & Sons' }, vendors: [{ connectionId: one }] });
});
