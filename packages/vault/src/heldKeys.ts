import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { logKeysOf, wipeKeys, type Deployment, type DeploymentKeys } from './deployment';
import { VaultFault } from './faults';
import { guarded } from './guarded';
import { wipeLogKeys, type LogKeys } from './logKeys';

/** Of two readings that may have overtaken each other: the number never falls. Wipes the other one. */
const newer = (held: LogKeys, read: LogKeys): LogKeys => {
  const [kept, other] = read.number < held.number ? [held, read] : [read, held];
  wipeLogKeys(other);
  return kept;
};

const closed = (): VaultFault => new VaultFault('unavailable', 'the vault was closed: open it again');

/** What a vault has now: other keys, or under the master key that is held still the deployment as it is. */
export type KeysAnew = { readonly keys: DeploymentKeys } | { readonly still: Deployment };

/** The deployment's keys of one open vault, until it is closed. */
export class HeldKeys {
  #keys: DeploymentKeys | null;
  readonly #anew: (heldId: Buffer) => TE.TaskEither<VaultFault, KeysAnew>;

  constructor(keys: DeploymentKeys, anew: (heldId: Buffer) => TE.TaskEither<VaultFault, KeysAnew>) {
    this.#keys = keys;
    this.#anew = anew;
  }

  /**
   * For one synchronous use: a rotation of the master key may replace and wipe them at any `await`. Throws
   * `unavailable` once the vault was closed: zeros must never be taken for keys.
   */
  get(): DeploymentKeys {
    if (this.#keys === null) {
      throw closed();
    }
    return this.#keys;
  }

  /**
   * Goes over to the vault's present master key and log keys. Fault `master-key-wrong` when the source does not have
   * the master key.
   */
  readonly refresh: TE.TaskEither<VaultFault, void> = () =>
    pipe(
      guarded(() => this.get().masterKeyId),
      TE.chain((heldId) => this.#anew(heldId)),
      TE.chain((anew) => guarded(() => ('keys' in anew ? this.#replace(anew.keys) : this.#keep(anew.still)))),
    )();

  wipe(): void {
    if (this.#keys !== null) wipeKeys(this.#keys);
    this.#keys = null;
  }

  #replace(keys: DeploymentKeys): void {
    if (this.#keys === null) {
      wipeKeys(keys);
      throw closed();
    }
    const { logKeys, ...others } = this.#keys;
    this.#keys = { ...keys, logKeys: newer(logKeys, keys.logKeys) };
    for (const key of [others.workspaceSealing, others.pepper, others.logKeySealing]) key.fill(0);
  }

  #keep(deployment: Deployment): void {
    const keys = this.get();
    // Another call went over to another master key in between: that one has read later.
    if (!keys.masterKeyId.equals(deployment.masterKeyId)) return;
    const read = logKeysOf(deployment, keys.logKeySealing);
    if (E.isLeft(read)) throw read.left;
    this.#keys = { ...keys, logKeys: newer(keys.logKeys, read.right) };
  }
}
