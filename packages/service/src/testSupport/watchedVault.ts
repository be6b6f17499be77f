import type { SealedKeyRef, Vault, VaultFault } from '@keyturn/vault';
import * as TE from 'fp-ts/TaskEither';

/** What a test may do at a vault's call, before it is made. A fault stands for the call, which is then not made. */
export interface VaultWatch {
  /** Every call by name with the key ids it is about, in order. */
  readonly calls: string[];
  before?: (call: string) => Promise<VaultFault | null>;
}

/** The vault with every call noted. */
export const watchedVault = (vault: Vault, watch: VaultWatch): Vault => {
  const noted =
    <A>(
      name: string,
      keyIds: ReadonlyArray<string>,
      call: TE.TaskEither<VaultFault, A>,
    ): TE.TaskEither<VaultFault, A> =>
    async () => {
      watch.calls.push([name, ...keyIds].join(' '));
      const fault = (await watch.before?.(name)) ?? null;
      return fault === null ? call() : TE.left(fault)();
    };
  const onRow =
    <A>(name: string, call: (ref: SealedKeyRef) => TE.TaskEither<VaultFault, A>) =>
    (ref: SealedKeyRef): TE.TaskEither<VaultFault, A> =>
      noted(name, [ref.keyId], call(ref));
  return {
    ...vault,
    seal: (binding, secret) => noted('seal', [binding.keyId], vault.seal(binding, secret)),
    open: (gate, use) => {
      watch.calls.push('open');
      return vault.open(gate, use);
    },
    freeze: onRow('freeze', vault.freeze),
    unfreeze: onRow('unfreeze', vault.unfreeze),
    discard: onRow('discard', vault.discard),
    sealedKeyIds: (workspaceId, fingerprint) =>
      noted('sealedKeyIds', [], vault.sealedKeyIds(workspaceId, fingerprint)),
    shredTogether: (groups) =>
      noted(
        'shred',
        groups.flatMap(({ keyIds }) => keyIds),
        vault.shredTogether(groups),
      ),
  };
};
