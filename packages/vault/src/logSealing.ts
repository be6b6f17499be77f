import { timingSafeEqual } from 'node:crypto';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { guarded } from './guarded';
import type { HeldKeys } from './heldKeys';
import { utf8, type Part } from './lengthPrefixed';
import type { LogKeys } from './logKeys';
import { shortMac } from './mac';
import type { VaultStorage } from './storage';
import type { LogSealing, Seal, SealedSnapshot, SealVerdict } from './vault';

const CHAIN = 'keyturn/log-seal/1';
const SNAPSHOT = 'keyturn/snapshot-seal/1';

const MAX_U32 = 2 ** 32 - 1;

const u64be = (n: number): Buffer => {
  const out = Buffer.alloc(8);
  out.writeBigUInt64BE(BigInt(n));
  return out;
};

const u32be = (n: number): Buffer => {
  const out = Buffer.alloc(4);
  out.writeUInt32BE(n);
  return out;
};

/** What a snapshot's seal is over; null for what can't be a snapshot. */
const partsOf = ({
  stream,
  revision,
  schemaVersion,
  chain,
  text,
}: SealedSnapshot): ReadonlyArray<Part> | null => {
  const [name, stored] = [utf8(stream), utf8(text)];
  const counts = Number.isSafeInteger(revision) && revision >= 0;
  const versioned = Number.isInteger(schemaVersion) && schemaVersion >= 0 && schemaVersion <= MAX_U32;
  return name === null || stored === null || !counts || !versioned
    ? null
    : [name, u64be(revision), u32be(schemaVersion), chain, stored];
};

const keyOf = ({ number, present, former }: LogKeys, asked: number): Buffer | null => {
  if (asked === number) return present;
  return asked === number - 1 ? former : null;
};

/**
 * Seals of the event log, by the keys in memory: nothing here asks the storage. The numbered key itself is the HMAC's
 * key; the contexts tell its two uses apart.
 */
export const logSealing = (held: HeldKeys, storage: Pick<VaultStorage, 'retireLogKey'>): LogSealing => {
  const seal = (context: string, parts: ReadonlyArray<Part>): Seal => {
    const { number, present } = held.get().logKeys;
    return { seal: shortMac(present, context, parts), sealKey: number };
  };
  const verify = (context: string, parts: ReadonlyArray<Part> | null, given: Seal): SealVerdict => {
    const key = keyOf(held.get().logKeys, given.sealKey);
    if (key === null) return 'unknown-key';
    if (parts === null) return 'bad';
    const own = shortMac(key, context, parts);
    const fits = own.length === given.seal.length && timingSafeEqual(own, given.seal);
    own.fill(0);
    return fits ? 'good' : 'bad';
  };
  return {
    logKeyNumber: () => held.get().logKeys.number,
    sealChain: (chain) => seal(CHAIN, [chain]),
    verifySeal: (chain, given) => verify(CHAIN, [chain], given),
    sealSnapshot: (snapshot) => {
      const parts = partsOf(snapshot);
      if (parts === null)
        throw new RangeError('a snapshot has a revision, a schema version, and well-formed text');
      return seal(SNAPSHOT, parts);
    },
    verifySnapshot: (snapshot, given) => verify(SNAPSHOT, partsOf(snapshot), given),
    rereadLogKeys: held.refresh,
    logKeyRenewal: pipe(
      held.refresh,
      TE.chain(() => guarded(() => held.get().logKeys)),
      TE.map(({ number, former }) => (former === null ? null : { from: number - 1, to: number })),
    ),
    retireLogKey: (number) =>
      pipe(
        storage.retireLogKey(number),
        TE.chain(() => held.refresh),
      ),
  };
};
