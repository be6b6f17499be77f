import { command } from '../command';
import { oneOf, optional, text, toggle } from '../input/flags';
import type { Report } from '../output/report';
import { UsageError } from '../problems';
import { rotateWith, type Rotated, type RotationRequest } from '../rotateMasterKey';
import type { Session } from '../session';

const NEW_PASSPHRASE_FILE = '--new-passphrase-file <file>';
const TO = '--to <kind>';

const numbered = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

const doneLine = ({ masterKeyId, replacedMasterKeyId, resumed }: Rotated['report']): string => {
  if (replacedMasterKeyId === null) return `The master key was rotated already: it is ${masterKeyId}.`;
  return resumed
    ? `Finished a rotation that had been begun: the master key went from ${replacedMasterKeyId} to ${masterKeyId}.`
    : `Rotated the master key from ${replacedMasterKeyId} to ${masterKeyId}.`;
};

const renewedLines = (report: Rotated['report']): ReadonlyArray<string> => [
  `Every workspace has a new key: ${numbered(report.workspaceKeysRenewed, 'workspace', 'workspaces')}, ` +
    `${numbered(report.dataKeysResealed, 'key on file', 'keys on file')} in this run.`,
  ...(report.dataKeysUnopened === 0
    ? []
    : [
        `${numbered(report.dataKeysUnopened, 'data key', 'data keys')} did not open before either, and stayed.`,
      ]),
];

const keepLines = ({ report, source }: Rotated): ReadonlyArray<string> => [
  source.kind === 'file'
    ? `${source.path} holds the new one alone: back it up now, apart from the data directory.`
    : 'It comes from the new passphrase, which is kept nowhere. ' +
      'Services that were opened before have to be started again.',
  ...(report.replacedMasterKeyId === null
    ? []
    : [
        `Backups of the vault from before open with ${report.replacedMasterKeyId}: ` +
          'keep its backup for as long as those.',
      ]),
];

const renewedHints = ({ resumed, masterKeyId }: Rotated['report']): ReadonlyArray<string> => [
  'Whoever had the old master key and a copy of the vault has the secrets in it: rotate those keys at their vendors.',
  ...(resumed ? [`Should ${masterKeyId} be in wrong hands as well, run this again.`] : []),
];

const rotateReport = (rotated: Rotated): Report => ({
  json: { rotated: rotated.report, source: rotated.source },
  lines: [
    doneLine(rotated.report),
    ...(rotated.report.renewed ? renewedLines(rotated.report) : []),
    ...keepLines(rotated),
  ],
  hints: rotated.report.renewed ? renewedHints(rotated.report) : [],
});

const prepare = async ({ settings, place }: Session): Promise<Report> => {
  const { prepareMasterKeyRotation } = await import('keyturn');
  const prepared = await prepareMasterKeyRotation({
    ...place,
    masterKey: ({ masterKeyKind }) => {
      if (masterKeyKind === 'file') return { file: settings.masterKeyFile };
      throw new UsageError('This vault opens with a passphrase: there is no key file to prepare.');
    },
  });
  return {
    json: { prepared, path: settings.masterKeyFile },
    lines: [
      `${settings.masterKeyFile} has a second line: the coming master key ${prepared.comingMasterKeyId} ` +
        `below the present one, ${prepared.masterKeyId}.`,
      'Copy the file to every machine that has one, in the place of its own, then run keyturn vault ' +
        'rotate-master-key here.',
      'Until then nothing has changed. When it is done, copy the file, with one line then, once more.',
    ],
  };
};

const onlyPrepare = ({ compromised, startOver, to, newPassphraseFile }: RotationRequest): void => {
  if (compromised || startOver || to !== undefined || newPassphraseFile !== undefined) {
    throw new UsageError('--prepare goes alone: say the rest when the rotation is run.');
  }
};

export const vaultRotateMasterKey = command({
  details: [
    'Services that read the same key file go on; machines with copies of it need the prepared file first',
    '(--prepare). Services that were opened with a passphrase end when the vault goes over. Cut off, it is',
    'taken up by running it again. The pepper of the fingerprints stays, and so do the secrets. Backups from',
    'before open with the old master key: back the key file up first. --compromised renews the keys of all',
    'workspaces, so that the old master key opens nothing that is added from now on. It does not help against',
    'someone who had the master key and a copy of the vault: those keys have to be rotated at their vendors.',
  ],
  operands: {},
  flags: {
    prepare: toggle('--prepare', 'only put the coming key into the key file, to be copied to other machines'),
    compromised: toggle(
      '--compromised',
      'the master key may be in wrong hands: renew the workspaces’ keys, too',
    ),
    startOver: toggle(
      '--start-over',
      'drop a rotation that was begun and whose new key is lost, and begin anew',
    ),
    to: optional(
      TO,
      'file or passphrase: what the vault opens with from then on',
      oneOf(TO, ['file', 'passphrase']),
    ),
    newPassphraseFile: optional(
      NEW_PASSPHRASE_FILE,
      'the new passphrase; asked for twice when left out',
      text(NEW_PASSPHRASE_FILE),
    ),
  },
  examples: [
    'keyturn vault rotate-master-key',
    'keyturn vault rotate-master-key --prepare',
    'keyturn vault rotate-master-key --compromised',
    'keyturn vault rotate-master-key --passphrase-file old --new-passphrase-file new',
  ],
  run: async (session, { prepare: onlyPreparing, ...request }) => {
    if (!onlyPreparing) return rotateReport(await rotateWith(session, request));
    onlyPrepare(request);
    return prepare(session);
  },
});
