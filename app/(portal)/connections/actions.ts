'use server';

import { actorAction } from '@/lib/actions/actor-action';
import {
  connectionIdSchema,
  connectionVersionSchema,
  createConnectionSchema,
  editConnectionSchema,
  removeMappingSchema,
  setMappingSchema,
} from '@/lib/connections/connection-schema';
import { createConnection } from '@/lib/connections/create-connection';
import { editConnection } from '@/lib/connections/edit-connection';
import { readNames } from '@/lib/connections/read-names';
import { removeMapping } from '@/lib/connections/remove-mapping';
import { disableConnection, enableConnection } from '@/lib/connections/set-connection-disabled';
import { setMapping } from '@/lib/connections/set-mapping';
import { testConnection } from '@/lib/connections/test-connection';

export const createConnectionAction = actorAction('connections.create', createConnectionSchema, ({ actor, input }) =>
  createConnection(actor, input),
);

export const editConnectionAction = actorAction('connections.edit', editConnectionSchema, ({ actor, input }) =>
  editConnection(actor, input),
);

export const disableConnectionAction = actorAction(
  'connections.disable',
  connectionVersionSchema,
  async ({ actor, input }) => {
    await disableConnection(actor, input);
    return null;
  },
);

export const enableConnectionAction = actorAction(
  'connections.enable',
  connectionVersionSchema,
  async ({ actor, input }) => {
    await enableConnection(actor, input);
    return null;
  },
);

export const testConnectionAction = actorAction('connections.test', connectionIdSchema, async ({ actor, input }) => {
  const { ok } = await testConnection(actor, input.connectionId);
  return { ok };
});

export const setMappingAction = actorAction('mappings.set', setMappingSchema, ({ actor, input }) =>
  setMapping(actor, input),
);

export const readNamesAction = actorAction('mappings.read-names', connectionIdSchema, ({ actor, input }) =>
  readNames(actor, input.connectionId),
);

export const removeMappingAction = actorAction('mappings.remove', removeMappingSchema, async ({ actor, input }) => {
  await removeMapping(actor, input);
  return null;
});
