import { useTranslations } from 'next-intl';
import { TwoLines } from '@/components/attempts/two-lines';
import { CopyableId } from '@/components/display/copyable-id';
import { EmptyState } from '@/components/display/empty-state';
import { Link } from '@/components/display/link';
import { Moment } from '@/components/display/moment';
import { shortenId } from '@/components/display/shorten-id';
import { DataTable } from '@/components/table/data-table';
import type { VendorAccountView } from '@/lib/customers/customer-record';

interface Props {
  accounts: readonly VendorAccountView[];
  /** The actor's IANA zone. */
  timeZone: string;
}

/** What a customer is at each connection. */
export function AccountTable({ accounts, timeZone }: Props) {
  const t = useTranslations('customers');
  const vendorName = useTranslations('onboarding.vendor');
  return (
    <DataTable
      caption={t('account.caption')}
      columns={[
        { key: 'vendor', header: t('account.vendor') },
        { key: 'vendorId', header: t('account.vendorId'), wide: true },
        { key: 'origin', header: t('account.origin') },
        { key: 'since', header: t('account.since'), nowrap: true },
        { key: 'record', header: t('account.record'), nowrap: true, hideBelow: 'sm' },
      ]}
      empty={<EmptyState title={t('record.accountsNone.title')}>{t('record.accountsNone.text')}</EmptyState>}
      rows={accounts.map((account) => ({
        id: account.id,
        cells: {
          vendor: (
            <TwoLines first={vendorName(account.vendor)} second={account.connectionName ?? t('account.hidden')} />
          ),
          vendorId: <CopyableId id={account.vendorId} label={t('account.vendorId')} shorten={false} />,
          origin: t(`account.origins.${account.origin}`),
          since: <Moment at={account.createdAt} timeZone={timeZone} />,
          record: (
            <Link href={`/onboardings/${account.correlationId}`} className="mono">
              {shortenId(account.correlationId)}
            </Link>
          ),
        },
      }))}
    />
  );
}
