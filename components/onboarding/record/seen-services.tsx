import { ServiceFacts } from '@/components/services/service-facts';
import classes from './record.module.css';

/** Services of a customer as the vendor shows them, a line each. */
export function SeenServices({ there }: { there: readonly Readonly<Record<string, string>>[] }) {
  if (there.length === 0) return null;
  return (
    <ul className={classes.found}>
      {there.map((facts) => (
        <li key={JSON.stringify(facts)}>
          <ServiceFacts facts={facts} />
        </li>
      ))}
    </ul>
  );
}
