import { command } from '../command';
import { toggle } from '../input/flags';
import { initialise, type Initialised } from '../initialise';
import { join } from '../join';
import { UsageError } from '../problems';

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

const firstLine = (
  { data: { root }, deploymentId }: Initialised,
  onServer: boolean,
  joined: boolean,
): string => {
  if (joined)
    return `Made ${root} for deployment ${deploymentId}, whose vault lies in PostgreSQL: read models`;
  return onServer
    ? `Made ${root}: event store and read models; and the vault in PostgreSQL`
    : `Made ${root}: event store, vault and read models`;
};

export const init = command({
  name: 'init',
  summary: 'Make a data directory and its master key',
  details: [
    'The master key is a file beside the data directory, or comes from a passphrase. A directory that was initialised before is',
    'left alone; an init that was cut off can be run again. With --vault the vault is made in PostgreSQL. --join makes a data',
    'directory for another machine of the same deployment: it takes the same --store, --vault and master key.',
  ],
  operands: {},
  flags: {
    passphrase: toggle(
      '--passphrase',
      'no key file: a passphrase, asked for twice or from --passphrase-file',
    ),
    join: toggle('--join', 'take part in a deployment whose event store and vault are on servers'),
  },
  examples: [
    'keyturn init',
    'keyturn init --data /srv/keyturn --master-key-file /etc/keyturn/master-key',
    'keyturn init --passphrase',
    'KEYTURN_STORE=esdb://… KEYTURN_VAULT=postgres://… keyturn init --join',
  ],
  run: async ({ settings }, { passphrase, join: joining }) => {
    if (joining && passphrase) {
      throw new UsageError('--join goes without --passphrase: the vault says what opens it.');
    }
    const made = await (joining ? join(settings) : initialise(settings, passphrase));
    const { data, deploymentId, masterKey } = made;
    return {
      json: { dataDirectory: data.root, deploymentId, joined: joining, masterKey },
      lines: [firstLine(made, settings.vault !== null, joining), ...masterKeyLines(masterKey)],
    };
  },
});
