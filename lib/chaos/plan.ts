import { type VendorKey, vendorKeys } from '../vendors/vendor';
import { chance, pick } from './seeded';

/** Endings that every simulated vendor knows: half of them before the request takes effect, half after. */
const endings = [
  'rate-limit-bare',
  'unauthorized',
  'refuse',
  'error-before',
  'unavailable',
  'request-timeout',
  'reset-before',
  'hang',
  'garbled',
  'redirect',
  'error-after',
  'reset-after',
  'hang-after',
  'half-body',
  'truncated',
  'empty',
  'html',
  'delay-200',
  'lag-3000',
] as const;

/** Share of attempts that meet a fault of the vendor; kills come on top. */
const faultShare = 0.38;

/** Letters for a number, none of them thrice in a row: Cloud Cockpit refuses such names. */
const letters = (number: number) =>
  [...String(number)].map((digit) => 'bcdfghjklm'.charAt(Number(digit)) + 'aeiou'.charAt(Number(digit) % 5)).join('');

export interface Intent {
  readonly name: string;
  /** By vendor: the fault that its name asks the simulator for. */
  readonly faults: Partial<Readonly<Record<VendorKey, string>>>;
  readonly names: Partial<Readonly<Record<VendorKey, string>>>;
}

/** The n-th intent of a run: a customer for all four vendors, some of whose names ask for a fault. Pure. */
export function intentOf(seed: string, run: string, number: number): Intent {
  const name = `Chaos ${letters(number)} ${run}`;
  const faults = Object.fromEntries(
    vendorKeys.flatMap((vendor) =>
      chance(seed, run, number, vendor) < faultShare
        ? [[vendor, pick(endings, seed, run, number, vendor, 'ending')]]
        : [],
    ),
  );
  const names = Object.fromEntries(Object.entries(faults).map(([vendor, ending]) => [vendor, `${name} sim:${ending}`]));
  return { name, faults, names };
}
