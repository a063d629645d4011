import { expect, test, vi } from 'vitest';
import type { VendorProblem } from '../vendor';

const problem: VendorProblem = {
  ...{ kind: 'forbidden', effect: 'none', status: 403, message: 'forbidden', params: {}, fieldErrors: [] },
  ...{
    vendorType: null,
    vendorDescription: null,
    vendorCorrelationId: null,
    retryAfterSeconds: null,
    retryable: false,
  },
};

test('an error of one bundle is caught in another: adapters are shared over the process, classes are not', async () => {
  const one = await import('./vendor-error');
  vi.resetModules();
  const two = await import('./vendor-error');
  expect(two.VendorError).not.toBe(one.VendorError);
  expect(new one.VendorError(problem)).toBeInstanceOf(two.VendorError);
  expect(new one.NotSent()).toBeInstanceOf(two.NotSent);
  expect(new one.NotSent()).not.toBeInstanceOf(two.VendorError);
  for (const other of [new Error('x'), null, undefined, 'VendorError', {}]) {
    expect(other).not.toBeInstanceOf(two.VendorError);
  }
});
