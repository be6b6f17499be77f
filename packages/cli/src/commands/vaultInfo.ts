import type { RotationInfo, VaultInfo } from '@keyturn/vault';
import { command } from '../command';
import { dataDirectoryAt } from '../dataDirectory';
import { isoOf, readableTime } from '../output/times';
import { right } from '../right';

const goOn = 'keyturn vault rotate-master-key goes on with it';

const rotationLine = (rotation: RotationInfo): string =>
  rotation.step === 'resealing'
    ? `A rotation to the master key ${rotation.comingMasterKeyId} was begun: ${goOn}. Until it is finished the vault opens with the present one.`
    : `The rotation from the master key ${rotation.replacedMasterKeyId} is not finished: ${goOn}. The vault opens with the new one.`;

const lines = (directory: string, info: VaultInfo): ReadonlyArray<string> => [
  `${directory}, made ${readableTime(info.createdAt)}`,
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
    const { readVaultInfo } = await import('@keyturn/vault');
    const { vault } = dataDirectoryAt(settings.dataDirectory);
    const info = await right(readVaultInfo({ directory: vault }));
    return {
      json: { vault: { ...info, createdAt: isoOf(info.createdAt) } },
      lines: lines(vault, info),
    };
  },
});
