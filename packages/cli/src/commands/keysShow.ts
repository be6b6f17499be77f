import type { ActContext, AuditPage, KeyturnReader, KnownKey } from 'keyturn';
import { command } from '../command';
import { keyOperand, workspaceFlag } from '../input/flags';
import { logJson, logWords } from '../output/logWords';
import type { Line } from '../output/report';
import { readableOrNever, readableTime } from '../output/times';
import { entryFields } from './auditEntry';
import { brokenDefaultHints, brokenDefaultJson, brokenDefaultsOf } from './brokenDefaults';
import { faultHints, knownKeyJson, rotateByWords } from './knownKeyWords';

/** What is told of a key's past. Its runs and test calls may be thousands: other commands list those. */
const MAIN_ACTIONS = [
  'KeyAdded',
  'KeyRelabelled',
  'KeyExpiryChanged',
  'KeyValidated',
  'KeyValidationFailed',
  'DefaultChanged',
  'KeyRetired',
  'KeyHardDeleted',
  'KeyReportedLeaked',
  'KeySecretDestroyed',
] as const;
const NEWEST = 50;

const pastOf = async (reader: KeyturnReader, context: ActContext, keyId: string): Promise<AuditPage> => {
  const page = await reader.audit.page(context, { keyId, action: MAIN_ACTIONS, limit: NEWEST });
  return { ...page, entries: [...page.entries].reverse() };
};

const secretWords = ({ hardDeleted, destroyedAt }: KnownKey): string => {
  if (!hardDeleted) return 'sealed in the vault';
  return destroyedAt === null
    ? "can't be opened any more; its destruction is pending"
    : `destroyed, proven ${readableTime(destroyedAt)}`;
};

const defaultOf = ({ isDefault, projectDefaults }: KnownKey): string => {
  const scopes = [...(isDefault ? ['the workspace'] : []), ...projectDefaults.map((id) => `project ${id}`)];
  return scopes.length === 0 ? '–' : scopes.join(', ');
};

const isDefaultOfAny = ({ isDefault, projectDefaults }: KnownKey): boolean =>
  isDefault || projectDefaults.length > 0;

const factLines = (key: KnownKey): ReadonlyArray<string> => {
  const facts: ReadonlyArray<readonly [name: string, value: string | null]> = [
    ['Endpoint', key.endpoint],
    ['Region', key.region],
    ['Model', key.model],
    ['Default of', defaultOf(key)],
    ['Runs in flight', String(key.runsInFlight)],
    ['Added', readableTime(key.addedAt)],
    ['Last used', readableOrNever(key.lastUsedAt)],
    ['Last accepted', readableOrNever(key.lastValidatedAt)],
    ['Expires', readableOrNever(key.expiresAt)],
    ['Rotate by', rotateByWords(key)],
    ['Reported leaked', key.reportedLeakedAt === null ? null : readableTime(key.reportedLeakedAt)],
    ['Deleted', key.hardDeletedAt === null ? null : readableTime(key.hardDeletedAt)],
    ['Secret', secretWords(key)],
  ];
  return facts.flatMap(([name, value]) => (value === null ? [] : [`${name.padEnd(15)}  ${value}`]));
};

const pastLines = (
  workspace: string,
  { keyId }: KnownKey,
  { entries, more }: AuditPage,
): ReadonlyArray<Line> => [
  { heading: 'HISTORY' },
  ...entries.map(({ recordedAt, sentence }) => `${readableTime(recordedAt)}  ${sentence}`),
  ...(more ? [`The newest ${NEWEST} are shown.`] : []),
  `All of it, its runs too: keyturn audit list --workspace ${workspace} --key ${keyId}`,
];

export const keysShow = command({
  details: ['Hard-deleted keys as well. Of a key no more than its last 4 characters is ever shown.'],
  operands: { key: keyOperand },
  flags: { workspace: workspaceFlag },
  examples: [
    'keyturn keys show 6f0c3a1e --workspace acme',
    'keyturn keys show 6f0c3a1e --workspace acme --json',
  ],
  run: async (session, { workspace, key: named }) => {
    const reader = await session.reader();
    const context = session.asReader(workspace);
    const key = await reader.keys.resolve(context, named);
    const log = await reader.keys.checked(context);
    const broken = brokenDefaultsOf(isDefaultOfAny(key) ? await reader.keys.list(context) : []).filter(
      ({ key: { keyId } }) => keyId === key.keyId,
    );
    const past = await pastOf(reader, context, key.keyId);
    return {
      json: {
        workspaceId: workspace,
        key: knownKeyJson(key),
        brokenDefaults: broken.map(brokenDefaultJson),
        history: past.entries.map(entryFields),
        more: past.more,
        log: logJson(log),
      },
      lines: [
        key.display,
        `Key ${key.keyId}, ${key.vendor}${key.label === null ? '' : `, "${key.label}"`}`,
        ...factLines(key),
        ...pastLines(workspace, key, past),
      ],
      hints: [...faultHints([key]), ...brokenDefaultHints(workspace, broken), ...logWords(log)],
    };
  },
});
