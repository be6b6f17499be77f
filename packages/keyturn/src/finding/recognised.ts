import type { KeyFingerprint, ReadModels } from '@keyturn/projections';
import type { Secret, SecretFingerprints } from '@keyturn/vault';
import { faultError } from '../errors';
import { settled } from '../settle';

/** Keys that are held against a secret at a time: memory does not grow with their number. */
const AT_ONCE = 5_000;

interface FoundPlace {
  readonly workspaceId: string;
  readonly keyId: string;
}

const isRebuilding = () =>
  faultError(
    'busy',
    'read-models',
    'The key list is being rebuilt for this release: keys are found by their value once that is done. Try again.',
  );

/**
 * The keys that have this secret, destroyed ones too. A fingerprint is keyed and of its workspace alone, so it is made
 * anew for each workspace that has a key with the same ending: no secret is read, and no other workspace is looked at.
 *
 * @throws KeyturnFault `busy` while the list of an older release is rebuilt
 */
export const recognised = async (
  models: Pick<ReadModels, 'fingerprintsEndingIn'>,
  vault: SecretFingerprints,
  secret: Secret,
  workspaceId: string | undefined,
): Promise<ReadonlyArray<FoundPlace>> => {
  const ending = { last4: secret.last4, ...(workspaceId === undefined ? {} : { workspaceId }) };
  const found: FoundPlace[] = [];
  let made = { workspaceId: '', fingerprint: '' };
  let after: FoundPlace | null = null;
  for (;;) {
    const page: ReadonlyArray<KeyFingerprint> | null = await settled(
      models.fingerprintsEndingIn(ending, after, AT_ONCE),
    );
    if (page === null) throw isRebuilding();
    for (const key of page) {
      if (made.workspaceId !== key.workspaceId) {
        made = { workspaceId: key.workspaceId, fingerprint: vault.fingerprint(key.workspaceId, secret) };
      }
      if (made.fingerprint === key.fingerprint) {
        found.push({ workspaceId: key.workspaceId, keyId: key.keyId });
      }
    }
    const last: KeyFingerprint | undefined = page.at(-1);
    if (last === undefined || page.length < AT_ONCE) return found;
    after = last;
  }
};
