import {
  masterKeyRecord,
  renews,
  type Deployment,
  type DeploymentKeys,
  type MasterKeyRecord,
} from '../deployment';
import { renewedLogKeys, wipeLogKeys } from '../logKeys';
import { keyIdOf } from '../mac';
import type { NewMasterKey } from '../masterKey';

/** What a rotation that is to begin, or to be changed, begins with. */
export interface Beginning {
  readonly deployment: Deployment;
  /** Under the present master key. */
  readonly present: DeploymentKeys;
  /** Every workspace gets a new key; so it stays where the rotation under way was to do it. */
  readonly renewing: boolean;
  /** With them the log gets a new key, too; so it stays. */
  readonly renewsLog: boolean;
}

/** A rotation keeps its number for as long as its coming key is the same. */
const numberOf = ({ rotations, rotation }: Deployment, comingId: Buffer): number => {
  const before = rotation?.step === 'resealing' ? rotation.coming : null;
  if (before === null) return rotations.number + 1;
  return before.masterKeyId.equals(comingId) ? before.rotations.number : before.rotations.number + 1;
};

/** What the vault is to keep of the coming master key. Wipes that key. */
export const comingRecord = (
  { deployment, present, renewing, renewsLog }: Beginning,
  { masterKey, key }: NewMasterKey,
): MasterKeyRecord => {
  const { pepper, logKeys, rotations, proof } = present;
  const number = numberOf(deployment, keyIdOf(key));
  const isRenewal = renewing || renews(deployment);
  const { rotation } = deployment;
  const renewedLog = rotation?.step === 'resealing' && rotation.coming.logKeys.sealedFormer !== null;
  const next = isRenewal && (renewsLog || renewedLog) ? renewedLogKeys(logKeys) : null;
  try {
    return masterKeyRecord(deployment.deploymentId, key, masterKey, {
      pepper,
      logKeys: next ?? logKeys,
      rotations: { number, renewedIn: isRenewal ? number : rotations.renewedIn },
      proof,
    });
  } finally {
    key.fill(0);
    if (next !== null) wipeLogKeys(next);
  }
};
