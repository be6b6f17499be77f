import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import {
  holding,
  marksOf,
  openDeployment,
  unlock,
  wipeKeys,
  type Deployment,
  type DeploymentKeys,
  type MasterKeyRecord,
} from '../deployment';
import { VaultFault } from '../faults';
import { keyIdOf } from '../mac';
import {
  findMasterKeys,
  takeMasterKey,
  type FoundMasterKeys,
  type RotatableMasterKey,
  type NewMasterKey,
} from '../masterKey';
import type { Argon2Cost } from '../passphrase';
import { wipingAfter } from '../wiping';
import { dropReplacedKeysNow, takeComingKeyNow } from './comingLine';
import type { RotationStorage } from './rotationStorage';

/** Where a rotation gets its keys from. */
export interface RotationSources {
  /** The vault's, if it lies in one. */
  readonly directory: string | null;
  /** Of the present master key. */
  readonly from: RotatableMasterKey;
  /** Of the coming one; where that is the file of the present one, it keeps both. */
  readonly to: RotatableMasterKey;
  readonly passphraseCost: Argon2Cost;
}

/** The keys of a vault, with the marks of all that its master key sealed. */
export interface PresentKeys {
  readonly keys: DeploymentKeys;
  readonly marks: ReadonlyArray<Buffer>;
  /** They come from the source of the coming key, and not from that of the present one. */
  readonly isFromNew: boolean;
}

/** The master keys of a rotation. What is given is the caller's to wipe. */
export interface RotationKeys {
  /** Also after the coming key has become the present one. */
  readonly present: (deployment: Deployment) => TE.TaskEither<VaultFault, PresentKeys>;
  /** A key for a rotation that is to begin; null when the vault went over to another since. */
  readonly take: (deployment: Deployment) => TE.TaskEither<VaultFault, NewMasterKey | null>;
  /** The keys under the coming master key of the rotation that is under way. */
  readonly coming: (
    deployment: Deployment,
    record: MasterKeyRecord,
  ) => TE.TaskEither<VaultFault, DeploymentKeys>;
  /** The coming master key itself, for a rotation that is to do more. */
  readonly comingKey: (
    deployment: Deployment,
    record: MasterKeyRecord,
  ) => TE.TaskEither<VaultFault, NewMasterKey>;
  /** The marks of a key that was replaced, if it is in a file still. */
  readonly marksOfReplaced: (id: Buffer) => TE.TaskEither<VaultFault, ReadonlyArray<Buffer>>;
  /** Takes keys that were replaced out of their file, and gives their ids. */
  readonly settle: TE.TaskEither<VaultFault, ReadonlyArray<Buffer>>;
}

/** The marks of the key of this id, if it is among those found. */
const marksUnder = ({ keys }: FoundMasterKeys, id: Buffer): ReadonlyArray<Buffer> =>
  keys.filter((key) => keyIdOf(key).equals(id)).flatMap(marksOf);

const presentFrom = (
  { directory, from }: RotationSources,
  deployment: Deployment,
  source: RotatableMasterKey,
): TE.TaskEither<VaultFault, PresentKeys> =>
  pipe(
    findMasterKeys(directory, source, deployment.masterKey),
    TE.chain((found) =>
      wipingAfter(
        found.wipe,
        pipe(
          TE.fromEither(openDeployment(deployment, found)),
          TE.map((keys) => ({
            keys,
            marks: marksUnder(found, deployment.masterKeyId),
            isFromNew: source !== from,
          })),
        ),
      ),
    ),
  );

const underWay = ({ masterKeyId }: Deployment, record: MasterKeyRecord): string =>
  `a rotation of this vault's master key is under way, from ${masterKeyId.toString('hex')} to ` +
  record.masterKeyId.toString('hex');

const OR_START_OVER =
  'or start over with another new key: until the rotation is finished, the present one opens everything';

/** What a use makes of the source of the coming key, once that key was found there and its keys opened. */
const comingFrom = <A>(
  { directory, to }: RotationSources,
  deployment: Deployment,
  record: MasterKeyRecord,
  use: (keys: DeploymentKeys, found: FoundMasterKeys) => E.Either<VaultFault, A>,
): TE.TaskEither<VaultFault, A> =>
  to.kind !== record.masterKey.kind
    ? TE.left(
        new VaultFault(
          'master-key-wrong',
          `${underWay(deployment, record)}, which comes from a ${record.masterKey.kind}, and a ${to.kind} was given: ` +
            `give the ${record.masterKey.kind}, ${OR_START_OVER}`,
        ),
      )
    : pipe(
        findMasterKeys(directory, to, record.masterKey),
        TE.chain((found) =>
          wipingAfter(found.wipe, () =>
            Promise.resolve(
              pipe(
                unlock(
                  deployment,
                  record,
                  found,
                  () =>
                    `${underWay(deployment, record)}, and ${holding(found)}: give the new key of where it was begun ` +
                    `as well, ${OR_START_OVER}`,
                ),
                E.chain((keys) => use(keys, found)),
              ),
            ),
          ),
        ),
      );

const copyOf = (key: Buffer): Buffer => {
  const copy = Buffer.alloc(key.length);
  key.copy(copy);
  return copy;
};

const takePassphrase = (
  { directory, from, passphraseCost }: RotationSources,
  to: RotatableMasterKey & { readonly kind: 'passphrase' },
): TE.TaskEither<VaultFault, NewMasterKey> =>
  from.kind === 'passphrase' && from.passphrase.equals(to.passphrase)
    ? TE.left(
        new VaultFault(
          'master-key-wrong',
          'the new passphrase is the one that the vault has: ' +
            'whoever knows it could open the vault as before; choose another',
        ),
      )
    : takeMasterKey(directory, to, passphraseCost);

export const rotationKeys = (
  storage: Pick<RotationStorage, 'exclusively'>,
  sources: RotationSources,
): RotationKeys => {
  const { from, to } = sources;
  return {
    present: (deployment) =>
      pipe(
        presentFrom(sources, deployment, from),
        TE.orElse((fault) =>
          pipe(
            // A passphrase takes a second to derive a key from: not twice for one that is wrong.
            from === to ? TE.left(fault) : presentFrom(sources, deployment, to),
            TE.mapLeft(() => fault),
          ),
        ),
      ),
    take: (deployment) =>
      to.kind === 'passphrase'
        ? takePassphrase(sources, to)
        : storage.exclusively((now) =>
            now.masterKeyId.equals(deployment.masterKeyId)
              ? { masterKey: { kind: 'file' }, key: takeComingKeyNow(to.path, now.masterKeyId) }
              : null,
          ),
    coming: (deployment, record) => comingFrom(sources, deployment, record, E.right),
    comingKey: (deployment, record) =>
      comingFrom(sources, deployment, record, (keys, found) => {
        wipeKeys(keys);
        return pipe(
          found.keys.find((key) => keyIdOf(key).equals(record.masterKeyId)),
          E.fromNullable(
            new VaultFault('unavailable', 'the master key was rotated at this moment: try again'),
          ),
          E.map((key) => ({ masterKey: record.masterKey, key: copyOf(key) })),
        );
      }),
    marksOfReplaced: (id) =>
      pipe(
        findMasterKeys(sources.directory, from, { kind: 'file' }),
        TE.map((found) => {
          const marks = marksUnder(found, id);
          found.wipe();
          return marks;
        }),
        TE.orElse(() => TE.right<VaultFault, ReadonlyArray<Buffer>>([])),
      ),
    settle:
      to.kind === 'passphrase'
        ? TE.right([])
        : storage.exclusively((now) => dropReplacedKeysNow(to.path, now.masterKeyId)),
  };
};
