import { IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { TwoLines } from '@/components/attempts/two-lines';
import { ButtonLink } from '@/components/display/button-link';
import { Link } from '@/components/display/link';
import { Moment } from '@/components/display/moment';
import { DataTable } from '@/components/table/data-table';
import type { CustomerServices } from '@/lib/customers/customer-page';
import type { ActionResult } from '@/lib/result';
import type { ServiceRefresh } from '@/lib/services/service-plan-view';
import { RefreshServices } from './refresh-services';
import { ServiceFacts } from './service-facts';
import classes from './service-list.module.css';

interface Props {
  customerId: string;
  services: readonly CustomerServices[];
  /** May this person plan for the customer? Then services can be added and read anew. */
  mayPlan: boolean;
  timeZone: string;
  refresh: (input: { customerId: string; connectionId: string }) => Promise<ActionResult<ServiceRefresh>>;
}

/** What a customer has at each vendor that has services, with the age of what we know. */
export function ServiceList({ customerId, services, mayPlan, timeZone, refresh }: Props) {
  const t = useTranslations('services.list');
  const vendorName = useTranslations('onboarding.vendor');
  return services.map(({ connectionId, connectionName, vendor, readAt, services: known }) => (
    <div key={connectionId} className={classes.at}>
      <div className={classes.head}>
        <h3>{connectionName ?? t('hidden')}</h3>
        <span className={classes.age}>
          {readAt === null ? (
            t('neverRead')
          ) : (
            <>
              {t('readAt')} <Moment at={readAt} timeZone={timeZone} />
            </>
          )}
        </span>
        {mayPlan && connectionName !== null && (
          <div className={classes.acts}>
            <RefreshServices
              customerId={customerId}
              connectionId={connectionId}
              connectionName={connectionName}
              vendorName={vendorName(vendor)}
              refresh={refresh}
            />
            <ButtonLink
              size="sm"
              href={`/customers/${customerId}/services/new?connection=${connectionId}`}
              icon={<IconPlus size={14} aria-hidden />}
            >
              {t('add')}
            </ButtonLink>
          </div>
        )}
      </div>
      <DataTable
        caption={t('caption', { connection: connectionName ?? t('hidden') })}
        columns={[
          { key: 'name', header: t('name') },
          { key: 'facts', header: t('facts'), wide: true },
          { key: 'since', header: t('since'), nowrap: true, hideBelow: 'sm' },
        ]}
        empty={<p>{t('none')}</p>}
        rows={known.map((service) => ({
          id: service.id,
          cells: {
            name: <TwoLines first={service.name} second={service.product === null ? t('unknown') : ''} />,
            facts:
              service.addedBy === null ? (
                <ServiceFacts facts={service.facts} />
              ) : (
                <>
                  {t('added')} <Link href={`/onboardings/${service.addedBy}`}>{t('record')}</Link>
                </>
              ),
            since: <Moment at={service.knownAt} timeZone={timeZone} />,
          },
        }))}
      />
    </div>
  ));
}
