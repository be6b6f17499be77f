import type { RotationInfo, VaultPlace } from '@keyturn/vault';
import { command } from '../command';
import { dataDirectoryAt } from '../dataDirectory';
import { isoOf, readableTime } from '../output/times';
import { locateVault, type LocatedVault } from '../vaultPlace';

const goOn = 'keyturn vault rotate-master-key goes on with it';

const rotationLine = (rotation: RotationInfo): string =>
  rotation.step === 'resealing'
    ? `A rotation to the master key ${rotation.comingMasterKeyId} was begun: ${goOn}. Until it is finished the vault opens with the present one.`
    : `The rotation from the master key ${rotation.replacedMasterKeyId} is not finished: ${goOn}. The vault opens with the new one.`;

/** Where a server is reached is not told: the connection string may hold a password. */
const placeOf = (place: VaultPlace) =>
  'directory' in place
    ? { kind: 'directory' as const, path: place.directory }
    : { kind: 'postgresql' as const };

const lines = ({ place, info }: LocatedVault): ReadonlyArray<string> => [
  `${'directory' in place ? place.directory : 'In PostgreSQL'}, made ${readableTime(info.createdAt)}`,
  `Deployment ${info.deploymentId}`,
  `Master key ${info.masterKeyId}, from a ${info.masterKeyKind === 'file' ? 'key file' : 'passphrase'}`,
  ...(info.rotation === null ? [] : [rotationLine(info.rotation)]),
];

export const vaultInfo = command({
  name: 'info',
  summary: 'Which deployment the vault is of, and which master key opens it',
  details: [
    'Needs no master key. The id of a master key tells nothing of the key: it says which backup of a key belongs to which backup',
    'of the vault.',
  ],
  operands: {},
  flags: {},
  examples: ['keyturn vault info', 'keyturn vault info --json'],
  run: async ({ settings }) => {
    const located = await locateVault(dataDirectoryAt(settings.dataDirectory), settings.vault);
    const { place, info } = located;
    return {
      json: { vault: { ...info, createdAt: isoOf(info.createdAt), place: placeOf(place) } },
      lines: lines(located),
    };
  },
});
