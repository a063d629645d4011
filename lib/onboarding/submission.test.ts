import { describe, expect, test } from 'vitest';
import { avepointSubmission, trialOf } from '../testing/services';
import { mostServices, type Submission, submissionSchema } from './submission';

const partnerId = '0198c2a0-0000-7000-8000-000000000001';
const submission = avepointSubmission({ partnerId, connectionId: '0198c2a0-1111-7000-8000-000000000001' });
const withServices = (services: unknown) => ({
  ...submission,
  vendors: submission.vendors.map((vendor) => ({ ...vendor, services })),
});
const service = { input: trialOf(), retryOf: null };
const isTaken = (given: unknown) => submissionSchema.safeParse(given).success;

describe('services within a submission', () => {
  test('are taken, and may be left out', () => {
    expect(isTaken(submission)).toBe(true);
    expect(isTaken(withServices(undefined))).toBe(true);
    expect(isTaken(withServices([]))).toBe(true);
  });

  test('are a bounded number', () => {
    const many = (count: number): Submission['vendors'][number]['services'] =>
      Array.from({ length: count }, () => service);
    expect(isTaken(withServices(many(mostServices)))).toBe(true);
    expect(isTaken(withServices(many(mostServices + 1)))).toBe(false);
  });

  test.each([
    { ...service, anyway: true },
    { ...service, waitsFor: partnerId },
    { ...service, vendorCustomerId: 'of-somebody-else' },
    { ...service, retryOf: 'no id' },
    { ...service, input: 'text' },
    { input: {} },
    null,
  ])('%# with a field that nobody asked for, or in another shape, are refused', (given) => {
    expect(isTaken(withServices([given]))).toBe(false);
  });
});
