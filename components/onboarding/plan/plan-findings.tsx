'use client';

import type { PlanRow } from '@/lib/onboarding/plan-view';
import { focusField } from '../form/focus-field';
import { controlName } from '../form/lint-all';
import { useFieldWords, useFindingWords } from '../vendor-words';
import classes from './plan.module.css';

interface Props {
  row: Pick<PlanRow, 'connectionId' | 'vendor'>;
  findings: PlanRow['findings'];
}

/** What the vendor would refuse, each rule with the field that it speaks of. */
export function PlanFindings({ row, findings }: Props) {
  const words = useFindingWords();
  const fieldWords = useFieldWords();
  return (
    <ul className={classes.list}>
      {findings
        .filter((finding) => finding.level === 'error')
        .map((finding) => (
          <li key={`${finding.field} ${finding.message}`}>
            <button
              type="button"
              className={classes.link}
              onClick={() => focusField(controlName(finding.field, row.connectionId))}
            >
              {fieldWords(row.vendor, finding.field) ?? finding.field}
            </button>{' '}
            {words(finding)}
          </li>
        ))}
    </ul>
  );
}
