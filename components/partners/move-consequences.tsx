import { useTranslations } from 'next-intl';
import type { MovePreview, SightChange } from '@/lib/partners/move-preview';
import classes from './partners.module.css';

/** What a move would change, in words: who gains and who loses sight, what it takes along, what can be used. */
export function MoveConsequences({ preview }: { preview: MovePreview }) {
  const t = useTranslations('partners.move');
  const { partnerName, below, customers, gains, loses, connectionsLost, connectionsGained } = preview;
  return (
    <div className={classes.consequences}>
      <p>{t('takes', { name: partnerName, below, customers })}</p>
      <h3>{t('loses', { count: loses.count })}</h3>
      <People change={loses} />
      <h3>{t('gains', { count: gains.count })}</h3>
      <People change={gains} />
      <Names title={t('connectionsLost')} names={connectionsLost} />
      <Names title={t('connectionsGained')} names={connectionsGained} />
    </div>
  );
}

function People({ change: { count, people, unnamed } }: { change: SightChange }) {
  const t = useTranslations('partners.move');
  const others = count - people.length - unnamed;
  if (count === 0) return null;
  return (
    <ul>
      {people.map(({ userId, name, role }) => (
        <li key={userId}>{t('person', { name, role })}</li>
      ))}
      {others > 0 && <li>{t('others', { count: others })}</li>}
      {unnamed > 0 && <li>{t('unnamed', { count: unnamed })}</li>}
    </ul>
  );
}

function Names({ title, names }: { title: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </>
  );
}
