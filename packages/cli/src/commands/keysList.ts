import type { ListedKey } from 'keyturn';
import { command } from '../command';
import { workspaceFlag } from '../input/flags';
import { logJson, logWords } from '../output/logWords';
import { shortIds } from '../output/shortIds';
import { table } from '../output/table';
import { isoOf, isoOrNull, readableOrNever, readableTime } from '../output/times';

const listedJson = (key: ListedKey): object => ({
  keyId: key.keyId,
  vendor: key.vendor,
  endpoint: key.endpoint,
  region: key.region,
  label: key.label,
  last4: key.last4,
  status: key.status,
  failureReason: key.failureReason,
  display: key.display,
  isDefault: key.isDefault,
  projectDefaults: key.projectDefaults,
  runsInFlight: key.runsInFlight,
  addedAt: isoOf(key.addedAt),
  lastUsedAt: isoOrNull(key.lastUsedAt),
  lastValidatedAt: isoOrNull(key.lastValidatedAt),
});

const HEADINGS = ['KEY', 'DISPLAY', 'VENDOR', 'LABEL', 'PROJECTS', 'RUNS', 'ADDED', 'LAST USED'];

export const keysList = command({
  name: 'list',
  summary: 'The keys of a workspace, masked',
  details: ['Of a key no more than its last 4 characters is ever shown.'],
  operands: {},
  flags: { workspace: workspaceFlag },
  examples: ['keyturn keys list --workspace acme', 'keyturn keys list --workspace acme --json'],
  run: async (session, { workspace }) => {
    const { keys: reading } = await session.reader();
    const keys = await reading.list(session.asReader(workspace));
    const log = await reading.checked(session.asReader(workspace));
    const ids = shortIds(keys.map(({ keyId }) => keyId));
    return {
      json: { workspaceId: workspace, keys: keys.map(listedJson), log: logJson(log) },
      lines:
        keys.length === 0
          ? [
              `Workspace ${workspace} has no key on file. Add one: ` +
                `keyturn keys add --workspace ${workspace} --vendor VENDOR`,
            ]
          : table(
              HEADINGS,
              keys.map((key) => [
                ids(key.keyId),
                key.display,
                key.vendor,
                key.label ?? '',
                key.projectDefaults.join(', '),
                String(key.runsInFlight),
                readableTime(key.addedAt),
                readableOrNever(key.lastUsedAt),
              ]),
            ),
      hints: logWords(log),
    };
  },
});
