/** What a move would do, shown before it is made. Client-safe: types only. */

/** Why a partner cannot be put there: it stands there already, below itself, at a kind or below a disabled one. */
export const moveHindrances = ['top', 'same', 'cycle', 'kind', 'disabled'] as const;
export type MoveHindrance = (typeof moveHindrances)[number];

/** People whose sight changes. */
export interface SightChange {
  /** How many; of those named below the first. */
  readonly count: number;
  readonly people: readonly { readonly userId: string; readonly name: string; readonly role: string }[];
  /** People of partners out of sight, who hold a role inside the branch. */
  readonly unnamed: number;
}

export interface MovePreview {
  readonly partnerName: string;
  readonly targetName: string;
  readonly hindrance: MoveHindrance | null;
  readonly gains: SightChange;
  readonly loses: SightChange;
  /** Partners below the moved one, and customers of them all. */
  readonly below: number;
  readonly customers: number;
  /** Shared connections that the moved ones could use no more, and those they could from then on. */
  readonly connectionsLost: readonly string[];
  readonly connectionsGained: readonly string[];
}
