import type { Position } from '@keyturn/event-store';
import type { Handled } from './commandHandler';

/** Where a use case left the keyring. */
export interface WriteResult {
  /** Revision of the keyring after it. */
  readonly keyringRevision: number;
  /** Wait for a projection to reach this to read what was written; null when nothing was. */
  readonly position: Position | null;
}

export const writeResultOf = ({ keyring, position }: Handled): WriteResult => ({
  keyringRevision: keyring.revision,
  position,
});
