'use client';

import type { LintFinding, VendorKey } from '@/lib/vendors/vendor';
import { focusField } from '../form/focus-field';
import { useFieldWords, useFindingWords } from '../vendor-words';
import classes from './plan.module.css';

interface Props {
  vendor: VendorKey;
  findings: readonly LintFinding[];
  /** The control of the form that a finding speaks of. */
  controlOf: (field: string) => string;
}

/** What the vendor would refuse, each rule with the field that it speaks of. */
export function PlanFindings({ vendor, findings, controlOf }: Props) {
  const words = useFindingWords();
  const fieldWords = useFieldWords();
  return (
    <ul className={classes.list}>
      {findings
        .filter((finding) => finding.level === 'error')
        .map((finding) => (
          <li key={`${finding.field} ${finding.message}`}>
            <button type="button" className={classes.link} onClick={() => focusField(controlOf(finding.field))}>
              {fieldWords(vendor, finding.field) ?? finding.field}
            </button>{' '}
            {words(finding)}
          </li>
        ))}
    </ul>
  );
}
