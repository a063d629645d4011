import { type CustomerFacts, type Json, type RequestContext, secretMarker } from '../vendor';
import type { NamedAtVendor } from '../vendor-lookups';
import {
  type CompanyField,
  type CoveInput,
  toCompanyField,
  toDeviceCountry,
  toExternalCode,
  toName,
  toParent,
} from './input';
import { attemptIdMarker, ownParentMarker } from './vocabulary';

/** A new partner as the form gives it: not checked yet, and its parent still a text. */
export interface Draft {
  /** Empty: the connection's own partner. */
  readonly parent: string;
  readonly partner: { readonly [key: string]: Json | undefined };
  readonly createDefaultAccount: boolean;
}

const optional = (key: string, value: Json) => (value === '' ? {} : { [key]: value });
/** Ids are ints on the wire. What is no number passes unchanged and fails the contract. */
const toInt = (text: string): Json => (/^\d{1,15}$/.test(text.trim()) ? Number(text.trim()) : text.trim());

/**
 * Facts and input to `params.partnerInfo` of AddPartner (vendor-apis.md 3.4). Pure. Empty optional fields are left out.
 */
export function toDraft(
  facts: CustomerFacts,
  input: CoveInput,
  context: Pick<RequestContext, 'correlationId' | 'mappingId'>,
): Draft {
  const company = (name: CompanyField) => toCompanyField(facts, input, name).value;
  const properties = {
    ...optional('RegionId', toInt(input.regionId)),
    ...optional('ResponsibleUserId', toInt(input.responsibleUserId)),
  };
  return {
    parent: toParent(input, context),
    createDefaultAccount: input.createDefaultAccount,
    partner: {
      Name: toName(facts, input).value,
      Level: input.level,
      ...optional('ServiceType', input.serviceType),
      ...(input.childServiceTypes.length === 0 ? {} : { ChildServiceTypes: [...new Set(input.childServiceTypes)] }),
      ...optional('State', input.state),
      DeviceCountry: toDeviceCountry(facts, input).value,
      ...optional('LocationId', toInt(input.locationId)),
      ...(input.flags.length === 0 ? {} : { Flags: [...new Set(input.flags)] }),
      ExternalCode: toExternalCode(input, context),
      Company: {
        PostAddress: {
          Country: company('country'),
          ...optional('State', company('state')),
          ...optional('District', company('district')),
          ...optional('City', company('city')),
          ...optional('ZipCode', company('zipCode')),
          ...optional('Address', company('address')),
        },
        ...optional('PhoneNumber', company('phoneNumber')),
        ...optional('FaxNumber', company('faxNumber')),
        ...optional('WebsiteAddress', company('websiteAddress')),
        ...optional('LegalCompanyName', company('legalCompanyName')),
        ...optional('ChamberOfCommerceNumber', company('chamberOfCommerceNumber')),
        ...optional('VatNumber', company('vatNumber')),
        ...optional('BankAccountNumber', company('bankAccountNumber')),
        ...optional('BillingContactPersonId', toInt(company('billingContactPersonId'))),
      },
      ...optional('TrialRegistrationTime', toUnixSeconds(input.trialRegistration, '00:00:00')),
      ...optional('TrialExpirationTime', toUnixSeconds(input.trialExpiration, '23:59:59')),
      ...(Object.keys(properties).length === 0 ? {} : { AdvancedPartnerProperties: properties }),
    },
  };
}

/** A day to unix seconds in UTC; empty stays empty, what is no day passes unchanged and fails the contract. */
function toUnixSeconds(day: string, time: string): Json {
  const instant = Date.parse(`${day.trim()}T${time}Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(day.trim()) && !Number.isNaN(instant) ? instant / 1000 : day.trim();
}

/** The whole request as the plan shows it: words stand where a number or a secret is known at sending only. */
export function toPlannedBody({ parent, partner, createDefaultAccount }: Draft, own: NamedAtVendor | null): Json {
  const ownParent = own === null ? ownParentMarker : `${own.id} (${own.name}): ${ownParentMarker}`;
  const ParentId = parent === '' ? ownParent : toInt(parent);
  return {
    jsonrpc: '2.0',
    id: attemptIdMarker,
    visa: secretMarker,
    method: 'AddPartner',
    params: { partnerInfo: { ParentId, ...partner }, createDefaultAccount },
  };
}
