import { IconSitemap } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ConnectionFacts } from '@/components/connections/connection-facts';
import { ConnectionMappings } from '@/components/connections/connection-mappings';
import { ConnectionNotices } from '@/components/connections/connection-notices';
import { ConnectionState, SandboxBadge } from '@/components/connections/connection-state';
import classes from '@/components/connections/connections.module.css';
import { DisableConnection } from '@/components/connections/disable-connection';
import { EditConnectionForm } from '@/components/connections/edit-connection-form';
import { TestButton } from '@/components/connections/test-button';
import { TestResult } from '@/components/connections/test-result';
import { ButtonLink } from '@/components/display/button-link';
import { Messages } from '@/components/display/messages';
import { PageHeader } from '@/components/display/page-header';
import { roleHolds } from '@/lib/auth/permissions';
import { getConnection } from '@/lib/connections/get-connection';
import { listMappings } from '@/lib/connections/list-mappings';
import { listUnmappedPartners } from '@/lib/connections/partner-choices';
import { listVendorFields } from '@/lib/connections/vendor-fields';
import { env } from '@/lib/env';
import { actorPage } from '@/lib/pages/actor-page';
import { catalogEntry } from '@/lib/vendors/catalog';
import {
  disableConnectionAction,
  editConnectionAction,
  enableConnectionAction,
  readNamesAction,
  removeMappingAction,
  setMappingAction,
  testConnectionAction,
} from '../actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('connections');
  return { title: t('title') };
}

export default actorPage(
  '/connections/[connectionId]',
  async ({ actor, params, search }) => {
    const connection = await getConnection(actor, params.connectionId ?? '');
    const mapping = catalogEntry(connection.vendor)?.mapping ?? null;
    const { connectionId, may } = connection;
    return {
      connection,
      vendor: listVendorFields().find((one) => one.vendor === connection.vendor) ?? null,
      mapping,
      mappings: mapping === null ? null : await listMappings(actor, connectionId, { after: search.after }),
      partners: mapping !== null && may.map ? await listUnmappedPartners(actor, connectionId) : [],
      showsPartners:
        catalogEntry(connection.vendor)?.partners !== undefined &&
        actor.grants.some(({ role }) => roleHolds(role, 'vendor-partner.read')),
    };
  },
  async ({ connection, vendor, mapping, mappings, partners, showsPartners }, { actor }) => {
    const t = await getTranslations('connections');
    const { settings, may, connectionId, version, name, shared, disabledAt } = connection;
    const { timeZone } = actor;
    const test = may.test ? <TestButton connectionId={connectionId} test={testConnectionAction} /> : null;
    return (
      <Messages only={['connections', 'vendor-errors']}>
        <PageHeader
          title={name}
          breadcrumbs={[{ label: t('title'), href: '/connections' }, { label: connection.ownerName }]}
          meta={
            <span className={classes.inline}>
              <ConnectionState state={connection.state} />
              {connection.sandbox && <SandboxBadge />}
            </span>
          }
          action={
            showsPartners ? (
              <ButtonLink href={`/connections/${connectionId}/partners`} icon={<IconSitemap size={16} aria-hidden />}>
                {t('partnersAt', { vendor: t(`vendors.${connection.vendor}`) })}
              </ButtonLink>
            ) : undefined
          }
        />
        <div className={classes.page}>
          <ConnectionNotices connection={connection} timeZone={timeZone} />
          {settings !== null && <TestResult settings={settings} timeZone={timeZone} action={test} />}
          <ConnectionFacts connection={connection} timeZone={timeZone} />
          {settings !== null && vendor !== null && may.manage && (
            <EditConnectionForm
              connection={connection}
              settings={settings}
              vendor={vendor}
              sandboxPossible={env().QUAYSIDE_SANDBOX}
              timeZone={timeZone}
              save={editConnectionAction}
            />
          )}
          {mapping !== null && mappings !== null && (
            <ConnectionMappings
              connection={connection}
              mapping={mapping}
              page={mappings}
              partners={partners.map(({ partnerId, name: partner }) => ({ partnerId, name: partner }))}
              timeZone={timeZone}
              set={setMappingAction}
              remove={removeMappingAction}
              readNames={readNamesAction}
            />
          )}
          {may.manage && (
            <DisableConnection
              connection={{ connectionId, version, name, shared, disabled: disabledAt !== null }}
              disable={disableConnectionAction}
              enable={enableConnectionAction}
            />
          )}
        </div>
      </Messages>
    );
  },
);
