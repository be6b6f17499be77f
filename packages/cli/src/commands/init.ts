import { command } from '../command';
import { oneOf, optional, toggle } from '../input/flags';
import { newPassphrase } from '../input/passphrase';
import { masterKeyOf } from '../masterKey';
import { UsageError } from '../problems';
import type { Session } from '../session';

type MasterKeyFact =
  { readonly kind: 'file'; readonly path: string; readonly made: boolean } | { readonly kind: 'passphrase' };

/** A deployment that was made, or that this machine has joined. */
interface Made {
  readonly deploymentId: string;
  readonly masterKey: MasterKeyFact;
}

const masterKeyLines = (masterKey: MasterKeyFact): ReadonlyArray<string> => {
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
  { settings: { dataDirectory, vault } }: Session,
  deploymentId: string,
  joined: boolean,
): string => {
  if (joined)
    return `Made ${dataDirectory} for deployment ${deploymentId}, whose vault lies in PostgreSQL: read models`;
  return vault === null
    ? `Made ${dataDirectory}: event store, vault and read models`
    : `Made ${dataDirectory}: event store and read models; and the vault in PostgreSQL`;
};

const PROOF = '--proof <level>';

const make = async (
  { settings, io, place: where }: Session,
  withPassphrase: boolean,
  proof: 'erased' | 'row' | undefined,
): Promise<Made> => {
  const place = { ...where, ...(proof === undefined ? {} : { proof }) };
  const { initKeyturn } = await import('keyturn');
  if (!withPassphrase) {
    const path = settings.masterKeyFile;
    const { deploymentId, madeMasterKey } = await initKeyturn({ ...place, masterKey: { file: path } });
    return { deploymentId, masterKey: { kind: 'file', path, made: madeMasterKey } };
  }
  const passphrase = await newPassphrase(settings.passphraseFile, '--passphrase-file', io);
  try {
    const { deploymentId } = await initKeyturn({ ...place, masterKey: { passphrase } });
    return { deploymentId, masterKey: { kind: 'passphrase' } };
  } finally {
    passphrase.fill(0);
  }
};

/** What has to be on servers for a machine to have a part in it. @throws UsageError */
const needServers = ({ settings: { store, vault } }: Session, refused: string | null): void => {
  if (vault === null) {
    throw new UsageError(
      '--join takes the deployment of a vault in PostgreSQL: say where it is reached (--vault, or KEYTURN_VAULT).',
    );
  }
  if (store === null && refused !== null) throw new UsageError(`${refused} (--store, or KEYTURN_STORE)`);
};

const join = async (session: Session): Promise<Made> => {
  const { isKeyturnError, joinKeyturn } = await import('keyturn');
  const { settings, io, place } = session;
  needServers(session, null);
  const masterKey = masterKeyOf(settings, io);
  try {
    const { deploymentId } = await joinKeyturn({ ...place, masterKey: masterKey.option });
    return {
      deploymentId,
      masterKey:
        masterKey.kind() === 'file'
          ? { kind: 'file', path: settings.masterKeyFile, made: false }
          : { kind: 'passphrase' },
    };
  } catch (error) {
    if (isKeyturnError(error) && error.code === 'bad-option') needServers(session, error.message);
    throw error;
  } finally {
    masterKey.wipe();
  }
};

export const init = command({
  details: [
    'The master key is a file beside the data directory, or comes from a passphrase. A directory that was',
    'initialised before is left alone; an init that was cut off can be run again. With --vault the vault is',
    'made in PostgreSQL. --join makes a data directory for another machine of the same deployment: it takes',
    'the same --store, --vault and master key. --proof row is for a managed PostgreSQL server that lacks what',
    'the proof erased needs: a receipt then says what may remain, sealed, on the server.',
  ],
  operands: {},
  flags: {
    passphrase: toggle(
      '--passphrase',
      'no key file: a passphrase, asked for twice or from --passphrase-file',
    ),
    proof: optional(
      PROOF,
      'of what a vault in PostgreSQL destroys: erased, or row for a managed server that shows no files',
      oneOf(PROOF, ['erased', 'row']),
    ),
    join: toggle('--join', 'take part in a deployment whose event store and vault are on servers'),
  },
  examples: [
    'keyturn init',
    'keyturn init --data /srv/keyturn --master-key-file /etc/keyturn/master-key',
    'keyturn init --passphrase',
    'KEYTURN_STORE=esdb://… KEYTURN_VAULT=postgres://… keyturn init --join',
  ],
  run: async (session, { passphrase, join: joining, proof }) => {
    if (joining && proof !== undefined)
      throw new UsageError('--join goes without --proof: the vault has its own.');
    if (proof === 'row' && session.settings.vault === null)
      throw new UsageError('--proof row is for a vault in PostgreSQL: name it (--vault, or KEYTURN_VAULT).');
    if (joining && passphrase) {
      throw new UsageError('--join goes without --passphrase: the vault says what opens it.');
    }
    const { deploymentId, masterKey } = await (joining ? join(session) : make(session, passphrase, proof));
    return {
      json: { dataDirectory: session.settings.dataDirectory, deploymentId, joined: joining, masterKey },
      lines: [firstLine(session, deploymentId, joining), ...masterKeyLines(masterKey)],
    };
  },
});
