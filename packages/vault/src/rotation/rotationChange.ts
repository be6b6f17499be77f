import { renews, type Deployment, type MasterKeyRecord } from '../deployment';

/**
 * What becomes of a rotation when one is begun, or the one under way is changed: nothing, since the vault is in another
 * state than was thought; the same coming key in another record; or another coming key, for which nothing is re-sealed.
 */
export const rotationChange = (
  deployment: Deployment,
  presentId: Uint8Array,
  insteadOf: Uint8Array | null,
  coming: MasterKeyRecord,
): 'none' | 'same-key' | 'another-key' => {
  const { masterKeyId, rotation } = deployment;
  const comingId = rotation?.step === 'resealing' ? rotation.coming.masterKeyId : null;
  const asExpected = insteadOf === null ? rotation === null : comingId !== null && comingId.equals(insteadOf);
  const stillRenews = !renews(deployment) || coming.rotations.number === coming.rotations.renewedIn;
  if (!asExpected || !stillRenews || !masterKeyId.equals(presentId)) return 'none';
  return comingId?.equals(coming.masterKeyId) === true ? 'same-key' : 'another-key';
};
