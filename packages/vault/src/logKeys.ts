import { randomBytes } from 'node:crypto';
import { box, unbox, type BoxContext } from './box';
import { KEY_BYTES } from './mac';

/**
 * The keys of the event log, in clear: one secret for the deployment, numbered from 1. While the log goes over to
 * another one, the one before is held, too.
 */
export interface LogKeys {
  readonly number: number;
  readonly present: Buffer;
  /** Of the number before; null when no renewal is under way. */
  readonly former: Buffer | null;
}

/** The same as they are stored: sealed under the master key's own key for them, each bound to its number. */
export interface StoredLogKeys {
  readonly number: number;
  readonly sealed: Buffer;
  readonly sealedFormer: Buffer | null;
}

/** What of a master key seals them. */
export const LOG_KEY_PURPOSE = 'log-key';

const ofNumber = (deploymentId: string, number: number): BoxContext => ({
  purpose: LOG_KEY_PURPOSE,
  aad: [deploymentId, String(number)],
});

/** The first keys of a new deployment, for the caller to wipe. */
export const newLogKeys = (): LogKeys => ({ number: 1, present: randomBytes(KEY_BYTES), former: null });

/** The keys while the log goes over to a new one, for the caller to wipe. */
export const renewedLogKeys = ({ number, present }: LogKeys): LogKeys => ({
  number: number + 1,
  present: randomBytes(KEY_BYTES),
  former: Buffer.from(present),
});

export const wipeLogKeys = ({ present, former }: LogKeys): void => {
  present.fill(0);
  former?.fill(0);
};

export const sealLogKeys = (
  under: Uint8Array,
  deploymentId: string,
  { number, present, former }: LogKeys,
): StoredLogKeys => ({
  number,
  sealed: box(under, ofNumber(deploymentId, number), present),
  sealedFormer: former === null ? null : box(under, ofNumber(deploymentId, number - 1), former),
});

/** Null unless all of them are what was sealed under these numbers. The caller wipes them. */
export const openLogKeys = (
  under: Uint8Array,
  deploymentId: string,
  { number, sealed, sealedFormer }: StoredLogKeys,
): LogKeys | null => {
  const open = (of: number, stored: Uint8Array): Buffer | null => {
    const key = unbox(under, ofNumber(deploymentId, of), stored);
    return key !== null && key.length === KEY_BYTES ? key : null;
  };
  const present = open(number, sealed);
  const former = sealedFormer === null ? null : open(number - 1, sealedFormer);
  if (present !== null && (sealedFormer === null || former !== null)) return { number, present, former };
  present?.fill(0);
  former?.fill(0);
  return null;
};
