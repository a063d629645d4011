import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { ConnectionRecord, ConnectionSettings } from '@/lib/connections/connection-view';
import { CopyableId } from '../display/copyable-id';
import { type KeyValue, KeyValueList } from '../display/key-value-list';
import { Moment } from '../display/moment';
import { Section } from '../display/section';
import classes from './connections.module.css';
import { useFieldWords } from './field-words';

interface Props {
  connection: ConnectionRecord;
  timeZone: string;
}

/** What a connection is. Whoever edits finds the settings in the form; others who may see them find them here. */
export function ConnectionFacts({ connection, timeZone }: Props) {
  const t = useTranslations('connections');
  const { vendor, ownerName, shared, settings, may, connectionId } = connection;
  const moment = (at: string) => <Moment at={at} timeZone={timeZone} />;
  const items: KeyValue[] = [
    { label: t('facts.vendor'), value: t(`vendors.${vendor}`) },
    { label: t('facts.owner'), value: ownerName },
    { label: t('facts.use'), value: t(shared ? 'sharing.shared' : 'sharing.own') },
    ...useSettingFacts(may.manage ? null : settings, moment),
    { label: t('facts.created'), value: moment(connection.createdAt) },
    { label: t('facts.id'), value: <CopyableId id={connectionId} label={t('facts.id')} /> },
  ];
  const why = settings === null ? { description: <WhyNoSettings connection={connection} /> } : {};
  return (
    <Section title={t('facts.title')} framed {...why}>
      <KeyValueList items={items} />
    </Section>
  );
}

function useSettingFacts(settings: ConnectionSettings | null, moment: (at: string) => ReactNode): readonly KeyValue[] {
  const t = useTranslations('connections.facts');
  const words = useFieldWords();
  if (settings === null) return [];
  const address = (url: string) => <span className={`mono ${classes.breaking}`}>{url}</span>;
  return [
    { label: t('baseUrl'), value: address(settings.baseUrl) },
    ...(settings.tokenUrl === null ? [] : [{ label: t('tokenUrl'), value: address(settings.tokenUrl) }]),
    ...(settings.profile === null ? [] : [{ label: t('profile'), value: words.profile(settings.profile) }]),
    ...Object.entries(settings.values).map(([key, value]) => ({
      label: words.setting(key),
      value: <span className={`mono ${classes.breaking}`}>{value}</span>,
    })),
    ...settings.secrets.map(({ field, setAt }) => ({
      label: words.secret(field),
      value: t.rich('secretSet', { at: () => moment(setAt) }),
    })),
    { label: t('rate'), value: settings.requestsPerSecond ?? t('unlimited') },
    { label: t('timeout'), value: t('milliseconds', { ms: settings.timeoutMs }) },
  ];
}

function WhyNoSettings({ connection }: { connection: ConnectionRecord }) {
  const t = useTranslations('connections.facts');
  return t('fromBelow', { owner: connection.ownerName });
}
