import { setTimeout as pause } from 'node:timers/promises';
import {
  Secret,
  type KeyBinding,
  type ReleaseGate,
  type ShredReceipt,
  type Vault,
  type Witness,
} from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';

/** A vault that breaks one of its promises, over one that keeps them. */
export type FaultyVault = (vault: Vault) => Vault;

/** What it says that it knows of the log. */
const NOTHING_KNOWN: Witness = { revision: -1, chain: new Uint8Array(32) };

const doesNothing = () => TE.right(undefined);

/** Rows open until they are gone: a release that is under way gives out what was deleted meanwhile. */
export const thatDoesNotFreeze: FaultyVault = (vault) => ({
  ...vault,
  freeze: () => TE.right(NOTHING_KNOWN),
});

/** A delete that never came leaves its key shut for ever. */
export const thatDoesNotThaw: FaultyVault = (vault) => ({
  ...vault,
  unfreeze: doesNothing,
});

/** It hands the secret over whatever the log says by then. */
export const thatAsksNobodyTwice: FaultyVault = (vault) => ({
  ...vault,
  open: (gate, use) => vault.open({ ...gate, confirm: () => TE.right(undefined) }, use),
});

const receipt = (rows: number): ShredReceipt => ({
  destroyedAt: Date.now(),
  secretsDestroyed: rows,
  dataKeysDestroyed: rows,
  proof: 'erased',
  method: 'none',
  checks: ['none'],
  witness: null,
});

/** It says that it did, and every byte stays. */
export const thatDoesNotShred: FaultyVault = (vault) => ({
  ...vault,
  discard: doesNothing,
  shredTogether: (groups) => TE.right(groups.map(({ keyIds }) => E.right(receipt(keyIds.length)))),
});

/** Its receipts don't say how it was made sure that the bytes are gone. */
export const thatProvesNothing: FaultyVault = (vault) => ({
  ...vault,
  shredTogether: (groups) =>
    pipe(
      vault.shredTogether(groups),
      TE.map((receipts) => receipts.map(E.map((one) => ({ ...one, checks: [] })))),
    ),
});

/** It lets `keep` take a copy of what it is about to destroy. */
export const thatKeepsACopy =
  (keep: (workspaceId: string, keyId: string) => Promise<void>): FaultyVault =>
  (vault) => ({
    ...vault,
    shredTogether: (groups) => async () => {
      for (const { workspaceId, keyIds } of groups) {
        for (const keyId of keyIds) await keep(workspaceId, keyId);
      }
      return vault.shredTogether(groups)();
    },
  });

const copyOf = (secret: Secret): Secret => {
  const copy = Secret.from(secret.bytes());
  if (E.isLeft(copy)) throw new Error('It is one.');
  return copy.right;
};

/** It says that a secret is sealed, and seals it a little later. */
export const thatSealsLate =
  (afterMs: number): FaultyVault =>
  (vault) => ({
    ...vault,
    seal: (binding, secret) => () => {
      const copy = copyOf(secret);
      void pause(afterMs).then(() => vault.seal(binding, copy)());
      return Promise.resolve(E.right(NOTHING_KNOWN));
    },
  });

/** Opens whatever row, without a look at the log. */
const anyway = (binding: KeyBinding): ReleaseGate<never> => ({
  authorise: TE.right(binding),
  confirm: () => TE.right(undefined),
});

const remembering = (vault: Vault, sealed: KeyBinding[], open: Vault['open']): Vault => ({
  ...vault,
  seal: (binding, secret) => {
    sealed.push(binding);
    return vault.seal(binding, secret);
  },
  open,
});

/** When the right row does not open it takes another one. */
export const thatOpensAnotherRow = (): FaultyVault => {
  const sealed: KeyBinding[] = [];
  return (vault) =>
    remembering(vault, sealed, (gate, use) => async () => {
      const opened = await vault.open(gate, use)();
      const [other] = sealed;
      if (E.isRight(opened) || !(opened.left instanceof Error) || other === undefined) return opened;
      return vault.open(anyway(other), use)();
    });
};

/** It reads another row, and then hands over the right one. */
export const thatLooksAround = (): FaultyVault => {
  const sealed: KeyBinding[] = [];
  return (vault) =>
    remembering(vault, sealed, (gate, use) => async () => {
      const other = sealed.at(-1);
      if (other !== undefined) await vault.open(anyway(other), () => TE.right(undefined))();
      return vault.open(gate, use)();
    });
};
