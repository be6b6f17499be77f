import type { DestructionReceipt, HardDeleteCause } from '@keyturn/domain';

/** Where an event of the log is, and what lies over it and all before it. */
export interface CertifiedEvent {
  /** Place in the workspace's stream, from 0. */
  readonly revision: number;
  /** The chain's value there: 32 bytes, base64url. */
  readonly chain: string;
  /** When it happened, milliseconds since 1970. */
  readonly at: number;
  /** `kind:id`. */
  readonly by: string;
}

/** That a key's secret was destroyed in the vault: a reading of the log, a plain JSON value. */
export interface DestructionCertificate {
  readonly deploymentId: string;
  readonly workspaceId: string;
  readonly keyId: string;
  readonly last4: string;
  readonly vendor: string;
  readonly label: string | null;
  readonly added: CertifiedEvent;
  readonly hardDeleted: CertifiedEvent & {
    readonly cause: HardDeleteCause;
    readonly caseId: string | null;
    /** Runs that held the key then. */
    readonly interruptedRuns: number;
  };
  readonly destroyed: CertifiedEvent & { readonly receipt: DestructionReceipt };
  /** The same as one text file. The same key has the same text, whenever it is made. */
  readonly text: string;
}

const HEADING = 'Keyturn: certificate of destruction, version 1';
const NAME_WIDTH = 18;

const NOT_COVERED = [
  'Backups of the vault that were made while the key was on file. They have it, sealed, until they are thrown away: ' +
    'whoever runs this deployment says when that is.',
  'The same secret under another key id, in this workspace or in another one.',
  'Copies that a database server makes by itself: replicas, archived logs, snapshots of its disks.',
  'What a run already had: whoever was handed the key may have kept it.',
  'The vendor. Whether the key still works there is shown by the vendor alone.',
];
const NOT_COVERED_BY_ROWS =
  'Free space in the files of the database server: it shows its rows alone (proof: row). What may remain is sealed.';
const UNSIGNED = 'This file is not signed. Check it against the log: keyturn leak verify FILE';

const line = (name: string, value: string): string => `${`${name}:`.padEnd(NAME_WIDTH)}${value}`;

/** On one line, and nothing in it turns or hides what stands around it. */
const quoted = (text: string): string =>
  JSON.stringify(text).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (odd) => `\\u{${(odd.codePointAt(0) ?? 0).toString(16)}}`,
  );

const eventLines = (name: string, { at, revision, chain, by }: CertifiedEvent): ReadonlyArray<string> => [
  line(name, new Date(at).toISOString()),
  line('  by', by),
  line('  revision', String(revision)),
  line('  chain value', chain),
];

/** A certificate as text: a line for each thing that it says. */
export const certificateText = (certificate: Omit<DestructionCertificate, 'text'>): string => {
  const { deploymentId, workspaceId, keyId, last4, vendor, label, added, hardDeleted, destroyed } =
    certificate;
  const { receipt } = destroyed;
  const { proof = 'erased' } = receipt;
  return [
    HEADING,
    '',
    line('Deployment', deploymentId),
    line('Workspace', workspaceId),
    line('Key', keyId),
    line('Ends in', `…${last4}`),
    line('Vendor', vendor),
    line('Label', label === null ? 'none' : quoted(label)),
    '',
    'What the log says (KeyAdded, KeyHardDeleted, KeySecretDestroyed)',
    ...eventLines('Added', added),
    ...eventLines('Hard-deleted', hardDeleted),
    line('  cause', hardDeleted.cause),
    line('  case', hardDeleted.caseId ?? 'none'),
    line(
      '  interrupted',
      `${hardDeleted.interruptedRuns} ${hardDeleted.interruptedRuns === 1 ? 'run' : 'runs'}`,
    ),
    ...eventLines('Destroyed', destroyed),
    '',
    'What the vault did, searched and found',
    line('When', new Date(receipt.destroyedAt).toISOString()),
    line('Proof', proof),
    line('Sealed secrets', `${receipt.secretsDestroyed} destroyed`),
    line('Data keys', `${receipt.dataKeysDestroyed} destroyed`),
    line('Method', receipt.method),
    ...receipt.checks.map((check) => line('Searched', check)),
    '',
    'What this does not cover',
    ...[...NOT_COVERED, ...(proof === 'row' ? [NOT_COVERED_BY_ROWS] : [])].map((part) => `- ${part}`),
    '',
    UNSIGNED,
    '',
  ].join('\n');
};

/** Of which key a text says that it is destroyed; null for what is no such text. */
export const certifiedKeyIn = (
  lines: ReadonlyArray<string>,
): { readonly workspaceId: string; readonly keyId: string } | null => {
  const valueOf = (name: string): string | undefined =>
    lines
      .find((one) => one.startsWith(`${name}:`))
      ?.slice(NAME_WIDTH)
      .trim();
  const [workspaceId, keyId] = [valueOf('Workspace'), valueOf('Key')];
  return lines[0] === HEADING && workspaceId !== undefined && keyId !== undefined
    ? { workspaceId, keyId }
    : null;
};
