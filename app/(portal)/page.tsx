import { IconPlus } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ButtonLink } from '@/components/display/button-link';
import { Link } from '@/components/display/link';
import { Messages } from '@/components/display/messages';
import { PageHeader } from '@/components/display/page-header';
import { Section } from '@/components/display/section';
import { FirstStep } from '@/components/overview/first-step';
import { NeedingList } from '@/components/overview/needing-list';
import { OnboardingTable } from '@/components/overview/onboarding-table';
import classes from '@/components/overview/overview.module.css';
import { Today } from '@/components/overview/today';
import { mostCounted } from '@/lib/attempts/count-needing-somebody';
import { roleHolds } from '@/lib/auth/permissions';
import { mayOnboard } from '@/lib/customers/customers-page';
import { getOverview } from '@/lib/overview/get-overview';
import { actorPage } from '@/lib/pages/actor-page';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('overview');
  return { title: t('title') };
}

export default actorPage(
  '/',
  ({ actor }) => getOverview(actor, new Date()),
  async (overview, { actor }) => {
    const t = await getTranslations('overview');
    const { needing, needingCount, latest, missing } = overview;
    const { timeZone } = actor;
    const all = needingCount >= mostCounted ? t('needing.allMany') : t('needing.all', { count: needingCount });
    return (
      <Messages only={[]}>
        <PageHeader
          title={t('title')}
          action={
            missing === null &&
            mayOnboard(actor) && (
              <ButtonLink href="/customers/new" look="primary" icon={<IconPlus size={16} aria-hidden />}>
                {t('onboard')}
              </ButtonLink>
            )
          }
        />
        {missing !== null && (
          <Section title={t('start.title')}>
            <FirstStep
              missing={missing}
              mayManageConnections={actor.grants.some(({ role }) => roleHolds(role, 'connection.manage'))}
              mayOnboard={mayOnboard(actor)}
            />
          </Section>
        )}
        {(missing === null || overview.brokenConnections.length > 0) && (
          <div className={classes.columns}>
            <Section
              title={t('needing.title')}
              description={t('needing.description')}
              action={needingCount > 0 ? <Link href="/attempts?needs=somebody">{all}</Link> : undefined}
            >
              <NeedingList attempts={needing} connections={overview.brokenConnections} timeZone={timeZone} />
            </Section>
            <Today overview={overview} timeZone={timeZone} />
          </div>
        )}
        {latest.length > 0 && (
          <Section title={t('latest.title')} action={<Link href="/onboardings">{t('latest.all')}</Link>}>
            <OnboardingTable rows={latest} timeZone={timeZone} />
          </Section>
        )}
      </Messages>
    );
  },
);
