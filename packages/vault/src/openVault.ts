import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { VaultBackend } from './backend';
import { backendAt } from './backendAt';
import {
  newDeployment,
  newDeploymentId,
  openDeployment,
  renews,
  type Deployment,
  type DeploymentKeys,
  type Rotation,
} from './deployment';
import type { VaultFault } from './faults';
import { HeldKeys } from './heldKeys';
import { takeMasterKey, type RotatableMasterKey } from './masterKey';
import { DEFAULT_COST, isAllowedCost, type Argon2Cost } from './passphrase';
import type { VaultAccess, VaultPlace } from './place';
import { keysAnew, presentKeys } from './presentKeys';
import { sealedVault, type Clocks } from './sealedVault';
import type { VaultStorage } from './storage';
import type { Proof, Vault } from './vault';
import { wipingAfter } from './wiping';

export type VaultOptions = VaultAccess & {
  /** The system's clocks when left out. */
  readonly clocks?: Clocks;
};

export type NewVaultOptions = VaultOptions & {
  /** What deriving the key from a passphrase costs: 256 MiB, 3 passes, 1 lane when left out. Stored with the vault. */
  readonly passphraseCost?: Argon2Cost;
  /** `erased` when left out. `row` is for PostgreSQL alone; it is chosen for as long as the vault lasts. */
  readonly proof?: Proof;
};

/** What can be known of a vault without its master key. */
export interface VaultInfo {
  readonly deploymentId: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Which kind of source the vault was made with: whether to ask for a passphrase. */
  readonly masterKeyKind: RotatableMasterKey['kind'];
  /** 16 hexadecimal digits that name the master key and tell nothing of it. */
  readonly masterKeyId: string;
  /** What is proven of what the vault shreds. */
  readonly proof: Proof;
  /** How far a rotation of the master key has come; null when none is under way. */
  readonly rotation: RotationInfo | null;
}

/** A rotation of the master key that is under way, or was cut off: `rotateMasterKey` goes on with it. */
export type RotationInfo =
  /** The vault still opens with the present master key. */
  | {
      readonly step: 'resealing';
      readonly comingMasterKeyId: string;
      readonly comingMasterKeyKind: RotatableMasterKey['kind'];
      /** Every workspace gets a new key, too. */
      readonly renews: boolean;
    }
  /** The vault opens with its new master key; what the old one had sealed is not all replaced and erased yet. */
  | {
      readonly step: 'renewing' | 'erasing';
      readonly replacedMasterKeyId: string;
      readonly renews: boolean;
    };

const systemClocks: Clocks = { wallMs: () => Date.now(), monotonicMs: () => performance.now() };

/** Starts a vault with the keys that `keysOf` finds. */
const start = (
  { directory, open }: VaultBackend,
  { masterKey, clocks = systemClocks }: VaultOptions,
  keysOf: (readDeployment: VaultStorage['deployment']) => TE.TaskEither<VaultFault, DeploymentKeys>,
): TE.TaskEither<VaultFault, Vault> =>
  pipe(
    open,
    TE.chain((storage) =>
      pipe(
        keysOf(storage.deployment),
        TE.map((keys) => {
          const held = new HeldKeys(keys, keysAnew(storage.deployment, directory, masterKey));
          return sealedVault(held, storage, clocks);
        }),
        TE.orElse((fault) => async () => {
          await storage.close();
          return E.left(fault);
        }),
      ),
    ),
  );

/**
 * Opens a vault, in a directory or in a PostgreSQL database.
 *
 * Faults: `not-initialised`; `master-key-missing`, `master-key-exposed`, `master-key-wrong` (found by a sealed check
 * value, without trying any secret); `tampered`; `unavailable`; `not-writable`.
 *
 * @example
 * const masterKey = { kind: 'file', path: '/etc/keyturn/key' } as const;
 * const vault = await openVault({ directory: '/srv/keyturn', masterKey })();
 * @example
 * // On several machines: each has the key's file, and a string such as postgres://keyturn@db.internal/keyturn
 * const postgres = () => readFileSync('/etc/keyturn/vault-url', 'utf8').trim();
 * const shared = await openVault({ postgres, masterKey })();
 */
export const openVault = (options: VaultOptions): TE.TaskEither<VaultFault, Vault> => {
  const backend = backendAt(options, options.busyTimeoutMs);
  return start(backend, options, (readDeployment) =>
    presentKeys(readDeployment, backend.directory, options.masterKey),
  );
};

/**
 * Makes a vault and opens it. A directory is made too (mode 0700), its files have mode 0600; in a PostgreSQL database
 * the schema `keyturn_vault` is made, if the server is set up so that a shred can be proven there. Cut off half way it
 * leaves no vault, and can be run again.
 *
 * Faults: `already-initialised` (the vault that stands is left alone), and those of {@link openVault}.
 *
 * @throws RangeError for a `passphraseCost` outside 256 MiB–2 GiB, 3–16 passes, 1–8 lanes, and for the proof `row` of a
 *   vault in a directory.
 */
export const createVault = (options: NewVaultOptions): TE.TaskEither<VaultFault, Vault> => {
  const { masterKey, clocks = systemClocks } = options;
  const cost = options.passphraseCost ?? DEFAULT_COST;
  if (!isAllowedCost(cost)) {
    throw new RangeError('passphraseCost: from 256 MiB, 3 passes, 1 lane to 2 GiB, 16 passes, 8 lanes');
  }
  const proof = options.proof ?? 'erased';
  if (proof === 'row' && 'directory' in options)
    throw new RangeError('proof: a vault in a directory is always erased; row is for PostgreSQL');
  const backend = backendAt(options, options.busyTimeoutMs);
  return pipe(
    backend.prepare(proof),
    TE.chain(() => takeMasterKey(backend.directory, masterKey, cost)),
    TE.chain(({ masterKey: kind, key }) =>
      wipingAfter(
        () => key.fill(0),
        pipe(
          backend.create(newDeploymentId(), (deploymentId) =>
            newDeployment(deploymentId, key, kind, clocks.wallMs(), proof),
          ),
          TE.chain(() =>
            start(backend, options, (readDeployment) =>
              pipe(
                readDeployment,
                TE.chainEitherK((made) => openDeployment(made, { keys: [key], holder: 'the one given is' })),
              ),
            ),
          ),
        ),
      ),
    ),
  );
};

const toRotationInfo = (deployment: Deployment, rotation: Rotation): RotationInfo =>
  rotation.step === 'resealing'
    ? {
        step: rotation.step,
        comingMasterKeyId: rotation.coming.masterKeyId.toString('hex'),
        comingMasterKeyKind: rotation.coming.masterKey.kind,
        renews: renews(deployment),
      }
    : {
        step: rotation.step,
        replacedMasterKeyId: rotation.replacedId.toString('hex'),
        renews: renews(deployment),
      };

/** Reads what a vault says of itself. Faults: `not-initialised`, `tampered`, `unavailable`, `not-writable`. */
export const readVaultInfo = (place: VaultPlace): TE.TaskEither<VaultFault, VaultInfo> =>
  pipe(
    backendAt(place).readDeployment,
    TE.map((deployment) => ({
      deploymentId: deployment.deploymentId,
      createdAt: deployment.createdAt,
      masterKeyKind: deployment.masterKey.kind,
      masterKeyId: deployment.masterKeyId.toString('hex'),
      proof: deployment.proof,
      rotation: deployment.rotation === null ? null : toRotationInfo(deployment, deployment.rotation),
    })),
  );
