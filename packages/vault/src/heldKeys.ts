import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { wipeKeys, type DeploymentKeys } from './deployment';
import { VaultFault } from './faults';
import { guarded } from './guarded';

const closed = (): VaultFault => new VaultFault('unavailable', 'the vault was closed: open it again');

/** The deployment's keys of one open vault, until it is closed. */
export class HeldKeys {
  #keys: DeploymentKeys | null;
  readonly #anew: (heldId: Buffer) => TE.TaskEither<VaultFault, DeploymentKeys | null>;

  /** `anew` gives the vault's keys as they are now, or null when its master key is still the one held. */
  constructor(
    keys: DeploymentKeys,
    anew: (heldId: Buffer) => TE.TaskEither<VaultFault, DeploymentKeys | null>,
  ) {
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

  /** Goes over to the vault's present master key. Fault `master-key-wrong` when the source does not have it. */
  readonly refresh: TE.TaskEither<VaultFault, void> = () =>
    pipe(
      guarded(() => this.get().masterKeyId),
      TE.chain((heldId) => this.#anew(heldId)),
      TE.chain((keys) => guarded(() => this.#replace(keys))),
    )();

  wipe(): void {
    if (this.#keys !== null) wipeKeys(this.#keys);
    this.#keys = null;
  }

  #replace(keys: DeploymentKeys | null): void {
    if (keys === null) return;
    if (this.#keys === null) {
      wipeKeys(keys);
      throw closed();
    }
    wipeKeys(this.#keys);
    this.#keys = keys;
  }
}
