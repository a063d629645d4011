import 'server-only';
import { defaultScope as avepointScope } from '../vendors/avepoint/vocabulary';
import { defaultScope } from '../vendors/cloud-cockpit/vocabulary';
import type { SimulatorUrls } from './simulator-process';

/** A connection as QUAYSIDE_CONNECTIONS_FILE declares it. */
export type ConnectionDeclaration = {
  key: string;
  vendor: string;
  name: string;
  owner: string;
  shared: boolean;
  sandbox: boolean;
  baseUrl: string;
  tokenUrl?: string;
  settings: Record<string, string>;
  secrets: Record<string, string>;
  mappings: ({ partner: string; resellerId: string } | { partner: string; partnerId: string })[];
};

/** Resellers as the Cloud Cockpit simulator knows them. */
const harborCloud = '5f0c6a1e-3b57-4f5e-9a53-0d4a3c5b7a01';
const pineSystems = '5f0c6a1e-3b57-4f5e-9a53-0d4a3c5b7a02';

/** The demo's connections, to vendors that answer at `urls` (a vendor that is not there is left out). */
export function demoConnections(urls: SimulatorUrls): ConnectionDeclaration[] {
  return [
    ...cloudCockpitConnection(urls['cloud-cockpit']),
    ...coveConnection(urls.cove),
    ...avepointConnection(urls.avepoint),
    ...cloudlxConnection(urls.cloudlx),
  ];
}

type Urls = SimulatorUrls[keyof SimulatorUrls];

function cloudCockpitConnection(cloudCockpit: Urls): ConnectionDeclaration[] {
  if (cloudCockpit === undefined) return [];
  return [
    {
      key: 'ridge-it-cloud-cockpit',
      vendor: 'cloud-cockpit',
      name: 'Ridge IT Cloud Cockpit sandbox',
      owner: 'ridge-it',
      shared: true,
      sandbox: true,
      baseUrl: cloudCockpit.baseUrl,
      ...(cloudCockpit.tokenUrl === null ? {} : { tokenUrl: cloudCockpit.tokenUrl }),
      settings: {
        tenantDomain: 'portal.ridge-it.example',
        clientId: 'quayside-demo',
        scope: defaultScope,
      },
      secrets: { clientSecret: 'demo-secret-cloud-cockpit' },
      mappings: [
        { partner: 'harbor-cloud', resellerId: harborCloud },
        { partner: 'pine-systems', resellerId: pineSystems },
      ],
    },
  ];
}

function avepointConnection(avepoint: Urls): ConnectionDeclaration[] {
  if (avepoint === undefined) return [];
  return [
    {
      key: 'ridge-it-avepoint',
      vendor: 'avepoint',
      name: 'Ridge IT AvePoint sandbox',
      owner: 'ridge-it',
      shared: true,
      sandbox: true,
      baseUrl: avepoint.baseUrl,
      ...(avepoint.tokenUrl === null ? {} : { tokenUrl: avepoint.tokenUrl }),
      settings: { clientId: 'quayside-demo', scope: avepointScope },
      secrets: { clientSecret: 'demo-secret-avepoint' },
      mappings: [],
    },
  ];
}

/** Ids of the two resellers in the Cove simulator's tree. */
const harborCloudAtCove = '50210';
const pineSystemsAtCove = '50220';

function coveConnection(cove: Urls): ConnectionDeclaration[] {
  if (cove === undefined) return [];
  return [
    {
      key: 'ridge-it-cove',
      vendor: 'cove',
      name: 'Ridge IT Cove sandbox',
      owner: 'ridge-it',
      shared: true,
      sandbox: true,
      baseUrl: cove.baseUrl,
      settings: { partner: 'Ridge IT', username: 'quayside-demo' },
      secrets: { password: 'demo-secret-cove' },
      mappings: [
        { partner: 'harbor-cloud', partnerId: harborCloudAtCove },
        { partner: 'pine-systems', partnerId: pineSystemsAtCove },
      ],
    },
  ];
}

function cloudlxConnection(cloudlx: Urls): ConnectionDeclaration[] {
  if (cloudlx === undefined) return [];
  return [
    {
      key: 'ridge-it-cloudlx',
      vendor: 'cloudlx',
      name: 'Ridge IT CloudLX sandbox',
      owner: 'ridge-it',
      shared: true,
      sandbox: true,
      baseUrl: cloudlx.baseUrl,
      settings: { clientId: 'quayside-demo' },
      secrets: { clientSecret: 'demo-secret-cloudlx' },
      mappings: [],
    },
  ];
}
