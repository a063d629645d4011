import type { SelectOption } from '@/components/form/select-field';
import type { FormConnection } from '@/lib/onboarding/form-start';
import type { CustomerFacts, Json, LintFinding } from '@/lib/vendors/vendor';

/** A sentence of the vendor about a field, from the attempt that is being tried again. */
export interface VendorAnswer {
  /** Path in the vendor's section. */
  readonly field: string;
  readonly text: string;
}

/** What a page may ask of a vendor's section once it is there. */
export interface SectionHandle {
  /** Shows the faults of fields that nobody has touched yet. */
  readonly showErrors: () => void;
}

/** What every vendor's section of the form gets. Its fields are named `<connection id>.<path>`. */
export interface VendorSectionProps {
  readonly connection: FormConnection;
  readonly initial: Json;
  /** The shared facts as typed now, for what is derived from them. */
  readonly facts: CustomerFacts;
  readonly countries: readonly SelectOption[];
  /** The actor's, for how old a list is. */
  readonly timeZone: string;
  readonly answers: readonly VendorAnswer[];
  /** Whose customer it is: what a picker may show depends on it. */
  readonly partnerId: string;
  /** Initial secrets as typed in this page; they are never drafted. */
  readonly initialSecrets: Readonly<Record<string, string>>;
  readonly onInitialSecrets: (secrets: Readonly<Record<string, string>>) => void;
  /** The vendor's rules about a state of the section. */
  readonly lint: (input: Json) => readonly LintFinding[];
  readonly findingWords: (finding: LintFinding) => string;
  readonly onChange: (input: Json) => void;
  readonly onReady: (handle: SectionHandle | null) => void;
}
