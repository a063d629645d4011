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
  mappings: { partner: string; resellerId: string }[];
};

/** Resellers as the Cloud Cockpit simulator knows them. */
const harborCloud = '5f0c6a1e-3b57-4f5e-9a53-0d4a3c5b7a01';
const pineSystems = '5f0c6a1e-3b57-4f5e-9a53-0d4a3c5b7a02';

/** The demo's connections, to vendors that answer at `urls` (a vendor that is not there is left out). */
export function demoConnections(urls: SimulatorUrls): ConnectionDeclaration[] {
  return [...cloudCockpitConnection(urls['cloud-cockpit']), ...avepointConnection(urls.avepoint)];
}

type Urls = SimulatorUrls[keyof SimulatorUrls];

function cloudCockpitConnection(cloudCockpit: Urls): ConnectionDeclaration[] {
  if (cloudCockpit === undefined) return [];
  return [
    {
      key: 'ridge-it-cloud-cockpit',
      vendor: 'cloud-cockpit',
      name: 'Ridge IT sandbox',
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
