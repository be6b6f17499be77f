import type { Destruction, KeySummary } from 'keyturn';
import { isoOrNull } from '../output/times';

/** A key as every JSON document has it. */
export const keyJson = ({
  keyId,
  vendor,
  label,
  last4,
  status,
  display,
  isDefault,
  expiresAt,
}: KeySummary): object => ({
  keyId,
  vendor,
  label,
  last4,
  status,
  display,
  isDefault,
  expiresAt: isoOrNull(expiresAt),
});

/** `Key 6f…, anthropic, "prod-1"`: what the display line does not say. */
export const keyLine = ({ keyId, vendor, label }: Pick<KeySummary, 'keyId' | 'vendor' | 'label'>): string =>
  `Key ${keyId}, ${vendor}${label === null ? '' : `, "${label}"`}`;

export const destructionJson = ({ keyId, state, proof, reason }: Destruction): object => ({
  keyId,
  state,
  proof,
  reason,
});

/** What the vault has proven of a secret that it destroyed. */
export const provenWords = (proof: 'erased' | 'row'): string =>
  proof === 'erased'
    ? 'confirmed'
    : 'its rows confirmed (proof: row); the server may keep it, sealed, in files and backups';

/** Whether a hard-deleted key's secret is proven gone. */
export const destructionLine = ({ keyId, proof, reason }: Destruction): string =>
  proof !== null
    ? `The secret of key ${keyId} is destroyed in the vault: ${provenWords(proof)}.`
    : `The secret of key ${keyId} can't be opened any more; ` +
      `its destruction is pending${reason === null ? '' : `: ${reason}`}`;
