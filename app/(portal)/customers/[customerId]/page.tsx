import { IconPlus } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccountTable } from '@/components/customers/account-table';
import classes from '@/components/customers/customers.module.css';
import { EditableFacts } from '@/components/customers/editable-facts';
import { FactsList } from '@/components/customers/facts-list';
import { ButtonLink } from '@/components/display/button-link';
import { CopyableId } from '@/components/display/copyable-id';
import { Link } from '@/components/display/link';
import { Messages } from '@/components/display/messages';
import { Moment } from '@/components/display/moment';
import { PageHeader } from '@/components/display/page-header';
import { Section } from '@/components/display/section';
import { countryOptions } from '@/components/onboarding/country-options';
import { OnboardingTable } from '@/components/overview/onboarding-table';
import { ServiceList } from '@/components/services/service-list';
import { factNames } from '@/lib/customers/changed-facts';
import { loadCustomerPage } from '@/lib/customers/customer-page';
import { toFactLabels } from '@/lib/customers/fact-labels';
import { actorPage } from '@/lib/pages/actor-page';
import { editCustomer } from './actions';
import { refreshServices } from './services/actions';

/** What the list of services says in the browser: that a vendor could not be read, too. */
const serviceMessages = ['services', 'onboarding', 'vendor-errors'] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('customers');
  return { title: t('record.one') };
}

export default actorPage(
  '/customers/[customerId]',
  ({ actor, params }) => loadCustomerPage(actor, params.customerId ?? ''),
  async ({ customer, path, onboardings, hasMoreOnboardings, services }, { actor }) => {
    const t = await getTranslations('customers.record');
    const lists = await getTranslations('customers');
    const serviceWords = await getTranslations('services');
    const factName = await getTranslations('onboarding.facts');
    const { timeZone } = actor;
    const crumbs = path.map(({ partnerId, name }) => ({ label: name, href: `/customers?partner=${partnerId}` }));
    return (
      <Messages only={['customers', ...(services.length > 0 ? serviceMessages : [])]}>
        <PageHeader
          title={customer.facts.name}
          breadcrumbs={[{ label: lists('title'), href: '/customers' }, ...crumbs]}
          meta={
            <>
              <CopyableId id={customer.customerId} label={t('customerId')} />
              <span>
                {t('added')} <Moment at={customer.createdAt} timeZone={timeZone} />
              </span>
              {customer.lastActivityAt !== null && (
                <span>
                  {t('activity')} <Moment at={customer.lastActivityAt} timeZone={timeZone} />
                </span>
              )}
            </>
          }
          action={
            customer.may.onboard && (
              <ButtonLink
                href={`/customers/new?customer=${customer.customerId}`}
                look="primary"
                icon={<IconPlus size={16} aria-hidden />}
              >
                {t('onboardMore')}
              </ButtonLink>
            )
          }
        />
        <Section title={t('accounts')} description={t('accountsText')}>
          <AccountTable accounts={customer.accounts} timeZone={timeZone} />
        </Section>
        {services.length > 0 && (
          <Section title={serviceWords('list.title')} description={serviceWords('list.text')}>
            <ServiceList
              customerId={customer.customerId}
              services={services}
              mayPlan={customer.may.onboard}
              timeZone={timeZone}
              refresh={refreshServices}
            />
          </Section>
        )}
        <Section title={t('onboardings')}>
          <OnboardingTable
            rows={onboardings}
            timeZone={timeZone}
            withCustomer={false}
            empty={<p className={classes.note}>{t('onboardingsNone')}</p>}
          />
          {onboardings.length > 0 && (
            <p className={classes.after}>
              {hasMoreOnboardings && (
                <Link href={`/onboardings?customer=${customer.customerId}`}>{t('allOnboardings')}</Link>
              )}
              <Link href={`/attempts?customer=${customer.customerId}`}>{t('allAttempts')}</Link>
            </p>
          )}
        </Section>
        <EditableFacts
          // A saved edit begins a new form.
          key={customer.version}
          title={t('facts')}
          description={t('factsText')}
          editLabel={t('edit')}
          mayEdit={customer.may.edit}
          customerId={customer.customerId}
          version={customer.version}
          facts={customer.facts}
          countries={customer.may.edit ? countryOptions('en') : []}
          labels={toFactLabels(factNames, factName)}
          act={editCustomer}
        >
          <FactsList facts={customer.facts} />
        </EditableFacts>
      </Messages>
    );
  },
);
