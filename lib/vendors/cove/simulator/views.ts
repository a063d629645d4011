import type { SimulatedPartner, SimulatorState } from './state';

// PartnerFields by number, the documented ones (3.4): `Id` and `ParentId` always come back.
const keyOfField: Readonly<Record<number, readonly string[]>> = {
  0: ['Name'],
  1: ['Level'],
  3: ['ChildServiceTypes'],
  4: ['ServiceType'],
  5: ['State'],
  8: ['LocationId'],
  9: ['Flags'],
  10: ['Company'],
  18: ['ExternalCode', 'MailFrom'],
  20: ['CreationTime'],
};

/** PartnerInfo as read: with what the live service adds to its schema. */
export function toView(partner: SimulatedPartner): Record<string, unknown> {
  const { info } = partner;
  const company = typeof info.Company === 'object' && info.Company !== null ? info.Company : {};
  return {
    ...info,
    Id: partner.id,
    ParentId: partner.parentId,
    Name: partner.name,
    Level: partner.level,
    State: partner.state,
    LocationId: partner.locationId,
    ExternalCode: partner.externalCode,
    CreationTime: partner.creationTime,
    Flags: info.Flags ?? null,
    Privilege: 'Regular',
    Company: { PostAddress: null, ...company },
  };
}

/** The view with the fields asked for; without a list, all of it. */
export function pickFields(partner: SimulatedPartner, fields: unknown): Record<string, unknown> {
  const view = toView(partner);
  if (!Array.isArray(fields)) return view;
  const numbers: readonly unknown[] = fields;
  const keys = new Set(['Id', 'ParentId', 'Privilege', ...numbers.flatMap((one) => keyOfField[Number(one)] ?? [])]);
  const picked = Object.fromEntries(Object.entries(view).filter(([key]) => keys.has(key)));
  return 'Company' in picked ? picked : { ...picked, Company: { PostAddress: null } };
}

export function toNode(partner: SimulatedPartner, fields: unknown, state: SimulatorState) {
  return { Info: pickFields(partner, fields), ActualChildCount: state.countChildrenOf(partner.id), Children: null };
}

/** How a pattern is written is not documented: here it is a part of the text in any case, or `*` and `%` for anything. */
export function matchesPattern(value: string, pattern: unknown): boolean {
  if (typeof pattern !== 'string' || pattern === '') return true;
  const parts = pattern.toLowerCase().split(/[*%]/);
  const escaped = parts.map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const source = parts.length === 1 ? escaped.join('') : `^${escaped.join('.*')}$`;
  return new RegExp(source, 's').test(value.toLowerCase());
}
