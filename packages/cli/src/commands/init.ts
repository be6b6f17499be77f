import { command } from '../command';
import { toggle } from '../input/flags';
import { initialise, type Initialised } from '../initialise';

const masterKeyLines = (masterKey: Initialised['masterKey']): ReadonlyArray<string> => {
  if (masterKey.kind === 'passphrase') {
    return [
      'The master key comes from the passphrase, which is kept nowhere.',
      'Without the passphrase every key on file is lost.',
    ];
  }
  return [
    masterKey.made
      ? `Made the master key ${masterKey.path}, which only its owner can read`
      : `Using the master key that was there: ${masterKey.path}`,
    'Without the master key every key on file is lost: back it up now, apart from the data directory.',
  ];
};

export const init = command({
  name: 'init',
  summary: 'Make a data directory and its master key',
  details: [
    'The master key is a file beside the data directory, or comes from a passphrase. A directory that was initialised before is',
    'left alone; an init that was cut off can be run again.',
  ],
  operands: {},
  flags: {
    passphrase: toggle(
      '--passphrase',
      'no key file: a passphrase, asked for twice or from --passphrase-file',
    ),
  },
  examples: [
    'keyturn init',
    'keyturn init --data /srv/keyturn --master-key-file /etc/keyturn/master-key',
    'keyturn init --passphrase',
  ],
  run: async ({ settings }, { passphrase }) => {
    const { data, deploymentId, masterKey } = await initialise(settings, passphrase);
    return {
      json: { dataDirectory: data.root, deploymentId, masterKey },
      lines: [`Made ${data.root}: event store, vault and read models`, ...masterKeyLines(masterKey)],
    };
  },
});
