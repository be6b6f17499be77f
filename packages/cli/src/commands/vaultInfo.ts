import type { VaultDescription } from 'keyturn';
import { command } from '../command';
import { isoOf, readableTime } from '../output/times';

const goOn = 'keyturn vault rotate-master-key goes on with it';

const rotationLine = (rotation: NonNullable<VaultDescription['rotation']>): string =>
  rotation.step === 'resealing'
    ? `A rotation to the master key ${rotation.comingMasterKeyId} was begun: ${goOn}. ` +
      'Until it is finished the vault opens with the present one.'
    : `The rotation from the master key ${rotation.replacedMasterKeyId} is not finished: ${goOn}. ` +
      'The vault opens with the new one.';

const lines = (vault: VaultDescription): ReadonlyArray<string> => [
  `${vault.place.kind === 'directory' ? vault.place.path : 'In PostgreSQL'}, made ${readableTime(vault.createdAt)}`,
  `Deployment ${vault.deploymentId}`,
  `Master key ${vault.masterKeyId}, from a ${vault.masterKeyKind === 'file' ? 'key file' : 'passphrase'}`,
  vault.proof === 'erased'
    ? 'What it destroys is proven to be erased from its files'
    : 'What it destroys is proven by its rows alone (proof: row); the server may keep it, sealed, in files and backups',
  ...(vault.rotation === null ? [] : [rotationLine(vault.rotation)]),
];

export const vaultInfo = command({
  details: [
    'Needs no master key. The id of a master key tells nothing of the key: it says which backup of a key',
    'belongs to which backup of the vault.',
  ],
  operands: {},
  flags: {},
  examples: ['keyturn vault info', 'keyturn vault info --json'],
  run: async ({ place }) => {
    const { describeVault } = await import('keyturn');
    const vault = await describeVault(place);
    return { json: { vault: { ...vault, createdAt: isoOf(vault.createdAt) } }, lines: lines(vault) };
  },
});
