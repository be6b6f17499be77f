import type { TaskEither } from 'fp-ts/TaskEither';
import type { Deployment } from './deployment';
import type { VaultFault } from './faults';
import type { OnStep, VaultFormat } from './format';
import type { RotationStorage } from './rotation/rotationStorage';
import type { VaultStorage } from './storage';
import type { Proof } from './vault';

/** Something that is closed after use. */
interface Opened<A> {
  readonly storage: A;
  readonly close: () => Promise<void>;
}

/** A kind of storage at one place. Nothing is kept open between two calls but what was opened. */
export interface VaultBackend {
  /**
   * Where the vault's files lie, and the master key's must not; null where they lie on no disk of this machine's own.
   */
  readonly directory: string | null;
  /** The vault's own row. Fault `not-initialised` when there is none. */
  readonly readDeployment: TaskEither<VaultFault, Deployment>;
  /** Makes the place ready for a new vault with this level of proof: until `create` there is none. */
  readonly prepare: (proof: Proof) => TaskEither<VaultFault, void>;
  /**
   * Makes the vault, at one point in time: of several that try at once, one gets through. Cut off half way it leaves no
   * vault, and can be run again; `make` is then given the deployment id of before. Fault `already-initialised`.
   */
  readonly create: (
    newId: string,
    make: (deploymentId: string) => Deployment,
  ) => TaskEither<VaultFault, void>;
  /** How the vault is stored, in any format that is kept. Changes nothing. */
  readonly readFormat: TaskEither<VaultFault, VaultFormat>;
  /** Brings it to the present format while nobody else has it open, and gives how it was found. */
  readonly migrate: (onStep: OnStep) => TaskEither<VaultFault, VaultFormat>;
  /** Never makes a vault. */
  readonly open: TaskEither<VaultFault, VaultStorage>;
  readonly openForRotation: TaskEither<VaultFault, Opened<RotationStorage>>;
}
