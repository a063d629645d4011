import { type Body, isBody } from '../../simulator/request';
import { type Failure, failure, invalid } from './errors';
import type { ApiUser, SimulatedPartner, SimulatorState } from './state';
import { complain, countryOf, levels } from './validate';
import { matchesPattern, pickFields, toNode, toView } from './views';

/** What a method came to: its inner value, `null` of a void method, or an error. */
export type Outcome =
  | { readonly ok: true; readonly value: unknown; readonly apply?: (visibleFromMs: number) => void }
  | { readonly ok: false; readonly failure: Failure };

const yes = (value: unknown): Outcome => ({ ok: true, value });
const no = (error: Failure): Outcome => ({ ok: false, failure: error });

interface Asked {
  readonly params: Body;
  readonly user: ApiUser;
  readonly state: SimulatorState;
  readonly requestId: string | null;
}

/** The methods that this Cove knows (3.4). Names and parameters are case-sensitive. */
export const methods: ReadonlyMap<string, (asked: Asked) => Outcome> = new Map<string, (asked: Asked) => Outcome>([
  ['AddPartner', addPartner],
  [
    'GetPartnerInfo',
    ({ params, ...rest }) => readOne(typeof params.name === 'string' ? rest.state.byName(params.name) : null, rest),
  ],
  ['GetPartnerInfoById', ({ params, ...rest }) => readOne(partnerOf(params.partnerId, rest.state), rest)],
  ['EnumeratePartners', enumeratePartners],
  ['EnumerateChildPartners', enumerateChildPartners],
  ['EnumerateAncestorPartners', enumerateAncestors],
  [
    'EnumerateLocations',
    ({ state }) => yes(state.data.locations.map(({ id, name }) => ({ Id: id, Name: name, Flags: [] }))),
  ],
  ['EnumerateRegions', ({ state }) => yes(state.data.regions.map(({ id, name }) => ({ Id: id, Name: name })))],
  ['GetServerInfo', () => yes({ Version: '24.1 (simulated)' })],
]);

const partnerOf = (id: unknown, state: SimulatorState) => (typeof id === 'number' ? state.byId(id) : null);

/** The partner, or why it is not answered: not there, not there yet, or out of the user's sight. */
function seen(
  partner: SimulatedPartner | null,
  { user, state }: Omit<Asked, 'params'>,
): { readonly partner: SimulatedPartner } | { readonly failure: Failure } {
  if (partner === null || !state.isVisible(partner)) return { failure: failure(2101) };
  return state.sees(user, partner) ? { partner } : { failure: failure(13501) };
}

function readOne(partner: SimulatedPartner | null, asked: Omit<Asked, 'params'>): Outcome {
  const found = seen(partner, asked);
  return 'failure' in found ? no(found.failure) : yes(toView(found.partner));
}

function enumeratePartners(asked: Asked): Outcome {
  const { params, state } = asked;
  const { parentPartnerId, fetchRecursively, fields } = params;
  if (typeof fetchRecursively !== 'boolean' || !Array.isArray(fields)) {
    return no(invalid('Parameters parentPartnerId, fetchRecursively and fields are required.'));
  }
  const found = seen(partnerOf(parentPartnerId, state), asked);
  if ('failure' in found) return no(found.failure);
  const below = (id: number): readonly SimulatedPartner[] =>
    state.childrenOf(id).flatMap((one) => (fetchRecursively ? [one, ...below(one.id)] : [one]));
  return yes(below(found.partner.id).map((one) => pickFields(one, fields)));
}

function enumerateChildPartners(asked: Asked): Outcome {
  const { params, state } = asked;
  const found = seen(partnerOf(params.partnerId, state), asked);
  if ('failure' in found) return no(found.failure);
  const filter = isBody(params.partnerFilter) ? params.partnerFilter : {};
  const range = isBody(params.range) ? params.range : {};
  const [offset, size] = [range.Offset ?? 0, range.Size ?? 1000];
  if (!Number.isInteger(offset) || !Number.isInteger(size) || Number(offset) < 0 || Number(size) < 0) {
    return no(invalid('Parameter range has a wrong type or value.'));
  }
  const among = (list: unknown, value: string) => !Array.isArray(list) || list.includes(value);
  const rows = state
    .childrenOf(found.partner.id)
    .filter((one) => matchesPattern(one.name, filter.NamePattern))
    .filter((one) => matchesPattern(one.externalCode, filter.ExternalCodePattern))
    .filter((one) => among(filter.States, one.state) && among(filter.Levels, one.level));
  const page = sorted(rows, filter.SortOrder).slice(Number(offset), Number(offset) + Number(size));
  return yes({
    Info: pickFields(found.partner, params.fields),
    ActualChildCount: state.countChildrenOf(found.partner.id),
    Children: page.length === 0 ? null : page.map((one) => toNode(one, params.fields, state)),
  });
}

const alphabet = new Intl.Collator('en');

function sorted(rows: readonly SimulatedPartner[], order: unknown): readonly SimulatedPartner[] {
  const byName = (one: SimulatedPartner, other: SimulatedPartner) => alphabet.compare(one.name, other.name);
  const byLevel = (one: SimulatedPartner, other: SimulatedPartner) =>
    levels.indexOf(one.level) - levels.indexOf(other.level);
  if (order === 'ByName') return rows.toSorted(byName);
  if (order === 'ByLevelAndName') return rows.toSorted((one, other) => byLevel(one, other) || byName(one, other));
  return rows.toSorted((one, other) => one.id - other.id);
}

function enumerateAncestors(asked: Asked): Outcome {
  const { params, state } = asked;
  const found = seen(partnerOf(params.partnerId, state), asked);
  if ('failure' in found) return no(found.failure);
  const ancestors: SimulatedPartner[] = [];
  for (
    let at = state.byId(found.partner.parentId);
    at !== null && state.sees(asked.user, at);
    at = state.byId(at.parentId)
  ) {
    ancestors.push(at);
  }
  return yes(ancestors.map(toView));
}

/** Everything of AddPartner but the writing down. */
function addPartner(asked: Asked): Outcome {
  const { params, state, requestId } = asked;
  const { partnerInfo: info, createDefaultAccount } = params;
  if (!isBody(info)) return no(invalid('Parameter partnerInfo is required.'));
  const account = createDefaultAccount ?? false;
  if (typeof account !== 'boolean') return no(invalid('Parameter createDefaultAccount has a wrong type.'));
  const wrong = complain(info);
  if (wrong !== null) return no(invalid(wrong));
  const { Name, Level = 'EndCustomer', State = 'InProduction', ExternalCode = '', LocationId, ...rest } = info;
  if (typeof Name !== 'string') return no(invalid('Parameter partnerInfo.Name is required.'));
  if (info.ParentId === undefined) return no(invalid('Parameter partnerInfo.ParentId is required.'));
  const found = seen(partnerOf(info.ParentId, state), asked);
  if ('failure' in found) return no(found.failure);
  const { partner: parent } = found;
  const refused = refusePlace(parent, String(Level)) ?? refuseValues(info, state);
  if (refused !== null) return no(refused);
  if (state.byName(Name) !== null) return no(failure(2115));
  const country = countryOf(info).code;
  const byCountry = state.data.locations.find((one) => one.countries.split(' ').includes(country ?? ''))?.id;
  const partner = {
    parentId: parent.id,
    name: Name,
    level: String(Level),
    state: String(State),
    // The location follows the country, else the parent (seed).
    locationId: typeof LocationId === 'number' ? LocationId : (byCountry ?? parent.locationId),
    externalCode: String(ExternalCode),
    creationTime: Math.floor(state.clock.nowMs() / 1000),
    info: rest,
    withAccount: account,
    requestId,
  };
  return {
    ok: true,
    value: state.nextId,
    apply: (visibleFromMs) => state.add({ ...partner, visibleFromMs }),
  };
}

/** The level must be lower than the parent's, and the parent has to be in a state that allows children. */
function refusePlace(parent: SimulatedPartner, level: string): Failure | null {
  if (level === 'Undefined' || levels.indexOf(level) <= levels.indexOf(parent.level)) {
    return invalid('The level of the partner must be lower than the level of its parent.');
  }
  return parent.state === 'InProduction' || parent.state === 'InTrial' ? null : failure(2104);
}

function refuseValues(info: Body, state: SimulatorState): Failure | null {
  const country = countryOf(info);
  if (country.given && country.code === null) return invalid('The country is unknown.');
  const { LocationId } = info;
  if (typeof LocationId === 'number' && !state.data.locations.some(({ id }) => id === LocationId)) {
    return invalid('The location is unknown.');
  }
  return null;
}
