import * as TE from 'fp-ts/TaskEither';
import { backendAt } from '../backendAt';
import { VaultFault } from '../faults';
import { exposedInside, type MasterKeySource } from '../masterKey';
import { DEFAULT_COST, isAllowedCost, type Argon2Cost } from '../passphrase';
import type { VaultAccess } from '../place';
import type { LogKeyRenewal } from '../vault';
import type { RotationProgress, RotationReport } from './report';
import { rotate } from './rotate';
import { rotationKeys } from './rotationKeys';
import { withRotationStorage } from './withRotationStorage';

export type RotateMasterKeyOptions = VaultAccess & {
  /**
   * Opens the vault afterwards: a key file, which is made if it is not there, or a passphrase. When left out, a new key
   * in the file of the present one.
   */
  readonly newMasterKey?: MasterKeySource;
  /** What deriving the key from a new passphrase costs: 256 MiB, 3 passes, 1 lane when left out. */
  readonly passphraseCost?: Argon2Cost;
  /**
   * The old master key may be in wrong hands: every workspace gets a new key, too, so that it opens nothing that is
   * added from now on. Secrets that were on file stay as they are: who has the old key and a copy of the vault has
   * them.
   */
  readonly compromised?: boolean;
  /** Begins anew where a rotation was begun whose new key is lost. What that was to renew is renewed all the same. */
  readonly startOver?: boolean;
  readonly onProgress?: (progress: RotationProgress) => void;
  /**
   * Has the event log go over to its new key, where a compromised one is replaced: called once every workspace has a
   * new key, while the vault holds both log keys, and again when a rotation that was cut off is taken up. Once it has
   * ended well the old log key goes, and what was sealed by it alone can't be verified any more. Wrap what else can
   * fail in a `rotation-incomplete`. When left out, the log keeps its key; a rotation that has made it a new one is
   * then `rotation-incomplete`.
   */
  readonly renewLog?: (renewal: LogKeyRenewal) => TE.TaskEither<VaultFault, void>;
};

const loadedStays = (): VaultFault =>
  new VaultFault(
    'master-key-missing',
    'a master key that is loaded is not rotated here, since the new one is written beside it: ' +
      'write the present key into a file, rotate that, then load the new one',
  );

/**
 * Rotates a vault's master key while any number of processes go on using the vault. Run again, it takes up a rotation
 * that was cut off, at whatever point; run by several at once, they do one together.
 *
 * The coming key is put into the key's file first, as a second line. Every workspace's key is sealed under it beside
 * the old form; then, in one transaction, the vault goes over; what the old key had sealed is erased from the vault's
 * files; the old key is taken out of its file. Until the vault goes over the old key alone opens everything, then the
 * new one alone. A running process reads its key file again when it finds that the vault went over. One that was opened
 * with a passphrase can't: it gets `master-key-wrong` from then on. Backups of before need the old key.
 *
 * Faults:
 * - `master-key-wrong`: the key given does not open the vault (which one does is said by its id); a rotation is under
 *   way whose coming key was not given (`startOver` drops it); the new passphrase is the old one
 * - `master-key-missing`, `master-key-exposed`: of either key's file; `master-key-missing` also for a key that is
 *   loaded
 * - `rotation-incomplete`: the new key is in use, but another process reads the vault, and old sealed bytes are still
 *   in its files: run it again
 * - `tampered`: a workspace's key does not open; the vault stays with the key it has
 * - `not-initialised`, `unavailable`, `not-writable` (the directory of the key's file has to be writable, too)
 *
 * @throws RangeError for a `passphraseCost` outside 256 MiB–2 GiB, 3–16 passes, 1–8 lanes.
 *
 * @example
 * const rotated = await rotateMasterKey({
 *   directory: '/srv/keyturn/vault',
 *   masterKey: { kind: 'file', path: '/etc/keyturn/master.key' },
 * })();
 */
export const rotateMasterKey = (
  options: RotateMasterKeyOptions,
): TE.TaskEither<VaultFault, RotationReport> => {
  const { masterKey: from, newMasterKey: to = from, passphraseCost = DEFAULT_COST } = options;
  if (!isAllowedCost(passphraseCost)) {
    throw new RangeError('passphraseCost: from 256 MiB, 3 passes, 1 lane to 2 GiB, 16 passes, 8 lanes');
  }
  if (from.kind === 'loaded' || to.kind === 'loaded') return TE.left(loadedStays());
  const backend = backendAt(options, options.busyTimeoutMs);
  const { directory } = backend;
  const exposed = to.kind === 'file' ? exposedInside(directory, to.path) : null;
  return exposed !== null
    ? TE.left(exposed)
    : withRotationStorage(backend, (storage) =>
        rotate(storage, rotationKeys(storage, { directory, from, to, passphraseCost }), {
          compromised: options.compromised ?? false,
          startOver: options.startOver ?? false,
          onProgress: options.onProgress ?? (() => undefined),
          renewLog: options.renewLog ?? null,
        }),
      );
};
