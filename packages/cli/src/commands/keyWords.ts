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
export const keyLine = ({ keyId, vendor, label }: KeySummary): string =>
  `Key ${keyId}, ${vendor}${label === null ? '' : `, "${label}"`}`;

export const destructionJson = ({ keyId, state, reason }: Destruction): object => ({ keyId, state, reason });

/** Whether a hard-deleted key's secret is proven gone. */
export const destructionLine = ({ keyId, state, reason }: Destruction): string =>
  state === 'confirmed'
    ? `The secret of key ${keyId} is destroyed in the vault: confirmed.`
    : `The secret of key ${keyId} can't be opened any more; ` +
      `its destruction is pending${reason === null ? '' : `: ${reason}`}`;
