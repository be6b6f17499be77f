import type { LogSealing, LogWitnessing, Seal, Witness } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import { createHmac, randomBytes } from 'node:crypto';
import type { LogGuard } from '../log/sealedAppend';
import { makeWitnesses } from '../log/witnesses';
import { silent } from '../options';

/** Log key and witnesses of a vault that is memory alone. */
export const memoryGuard = (): LogGuard => {
  const key = randomBytes(32);
  const sealOf = (...parts: ReadonlyArray<string | Uint8Array>): Seal => {
    const mac = createHmac('sha256', key);
    for (const part of parts) mac.update(part);
    return { seal: mac.digest(), sealKey: 1 };
  };
  const verdict = (made: Seal, given: Seal) =>
    Buffer.compare(made.seal, given.seal) === 0 ? ('good' as const) : ('bad' as const);
  const seals: LogSealing = {
    logKeyNumber: () => 1,
    sealChain: (chain) => sealOf(chain),
    verifySeal: (chain, seal) => verdict(sealOf(chain), seal),
    sealSnapshot: ({ chain, text }) => sealOf(chain, text),
    verifySnapshot: ({ chain, text }, seal) => verdict(sealOf(chain, text), seal),
    rereadLogKeys: () => Promise.resolve(E.right(undefined)),
    logKeyRenewal: () => Promise.resolve(E.right(null)),
    retireLogKey: () => () => Promise.resolve(E.right(undefined)),
  };
  const kept = new Map<string, Witness>();
  const witnessing: LogWitnessing = {
    witnessOf: (workspaceId) => () => Promise.resolve(E.right(kept.get(workspaceId) ?? null)),
    keepWitnesses: (heads) => () =>
      Promise.resolve(
        E.right(
          heads.map(({ workspaceId, ...head }) => {
            const before = kept.get(workspaceId);
            const now = before !== undefined && before.revision > head.revision ? before : head;
            kept.set(workspaceId, now);
            return E.right(now);
          }),
        ),
      ),
    lowerWitness: (workspaceId, head) => () => {
      kept.set(workspaceId, head);
      return Promise.resolve(E.right(head));
    },
  };
  return { seals, witnesses: makeWitnesses(witnessing, silent) };
};
