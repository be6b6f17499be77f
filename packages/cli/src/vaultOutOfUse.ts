import { VaultFault, type Vault } from '@keyturn/vault';
import * as TE from 'fp-ts/TaskEither';

const outOfUse = (): VaultFault =>
  new VaultFault(
    'unavailable',
    'This command works without the vault, and asked it for something: a defect.',
  );

/** Stands in where nothing is sealed, opened or destroyed, so that reading history needs no master key. */
export const vaultOutOfUse: Vault = {
  deploymentId: '',
  fingerprint: () => {
    throw outOfUse();
  },
  seal: () => TE.left(outOfUse()),
  open: () => TE.left(outOfUse()),
  freeze: () => TE.left(outOfUse()),
  unfreeze: () => TE.left(outOfUse()),
  markNamed: () => TE.left(outOfUse()),
  discard: () => TE.left(outOfUse()),
  sealedKeyIds: () => TE.left(outOfUse()),
  shredTogether: () => TE.left(outOfUse()),
  workspaceIds: () => TE.left(outOfUse()),
  rowsOf: () => TE.left(outOfUse()),
  pairing: TE.left(outOfUse()),
  pair: () => TE.left(outOfUse()),
  close: () => Promise.resolve(),
};
