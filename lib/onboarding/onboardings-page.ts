import 'server-only';
import type { Actor } from '../auth/actor';
import { asActor } from '../db/as-actor';
import { actorChoices, type Choice, customerChoices } from '../lists/choices';
import { parsePlace } from '../lists/place';
import { listPartners, type PartnerChoice } from '../partners/list-partners';
import { listOnboardings, type OnboardingPage } from './list-onboardings';
import { parseOnboardingFilter } from './onboarding-filter';

/** Everything that the list of onboardings shows. */
export interface OnboardingsPage {
  readonly page: OnboardingPage;
  readonly actors: readonly Choice[];
  readonly customers: readonly Choice[];
  readonly partners: readonly PartnerChoice[];
}

/** Reads the list of onboardings that a URL names, and what its filters offer, in one transaction. */
export async function loadOnboardingsPage(actor: Actor, query: URLSearchParams): Promise<OnboardingsPage> {
  const filter = parseOnboardingFilter(query, { timeZone: actor.timeZone, now: new Date() });
  return asActor(actor, async (tx) => {
    const page = await listOnboardings(tx, { filter, place: parsePlace(query) });
    return {
      page,
      actors: await actorChoices(tx, { table: 'onboarding', chosen: filter.actorIds, seen: page.rows }),
      customers: await customerChoices(tx, filter.customerIds),
      partners: await listPartners(tx),
    };
  });
}
