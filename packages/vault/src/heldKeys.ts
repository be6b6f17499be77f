import * as TE from 'fp-ts/TaskEither';
import type { DeploymentKeys } from './deployment';
import { VaultFault } from './faults';

/** The deployment's keys of one open vault, until it is closed. */
export class HeldKeys {
  #keys: DeploymentKeys | null;

  constructor(keys: DeploymentKeys) {
    this.#keys = keys;
  }

  /** Throws `unavailable` once the vault was closed: zeros must never be taken for keys. */
  get(): DeploymentKeys {
    if (this.#keys === null) {
      throw new VaultFault('unavailable', 'the vault was closed: open it again');
    }
    return this.#keys;
  }

  wipe(): void {
    this.#keys?.workspaceSealing.fill(0);
    this.#keys?.pepper.fill(0);
    this.#keys = null;
  }
}

/** Runs what may throw a fault. Anything else that is thrown is a mistake in a program, and goes through. */
export const guarded = <A>(run: () => A): TE.TaskEither<VaultFault, A> =>
  TE.tryCatch(
    () => new Promise<A>((done) => done(run())),
    (error) => {
      if (error instanceof VaultFault) {
        return error;
      }
      throw error;
    },
  );
