import { join } from 'node:path';
import { openReadModels } from '@keyturn/projections';
import { expectRight } from '@keyturn/testbed';
import { openKeyturnReader, type ActContext, type Keyturn, type KeyturnReader } from 'keyturn';
import type { BelowTheDoor } from '../../../belowTheDoor';
import type { Deployment } from '../../../deployment';
import type { Round } from '../round';

const AUDITOR = { kind: 'service', id: 'auditor' } as const;

/** What the door tells whoever asks about a workspace. */
const searchAnswers = async (
  round: Round,
  { keys, runs, history, audit }: Pick<Keyturn | KeyturnReader, 'keys' | 'runs' | 'history' | 'audit'>,
  workspaceId: string,
): Promise<void> => {
  const ctx: ActContext = { workspaceId, actor: AUDITOR };
  round.inspect('the key list', await keys.list(ctx));
  round.inspect('keys by their ids', await keys.find(ctx, { idPrefix: '' }));
  round.inspect('the use of runs', await runs.list(ctx, { limit: 200 }));
  round.inspect('the audit log of a workspace', await audit.page(ctx, { limit: 200 }));
  round.inspect('history', await history.at(ctx));
};

/** Everything that the door tells of the deployment as a whole. */
const searchDoor = async (
  round: Round,
  door: Keyturn | KeyturnReader,
  workspaceIds: ReadonlyArray<string>,
): Promise<void> => {
  for await (const entry of door.audit.export({ actor: AUDITOR })) round.inspect('the audit log', entry);
  for (const workspaceId of workspaceIds) await searchAnswers(round, door, workspaceId);
  round.inspect('the read models', await door.projections.status());
  round.inspect('the library itself', door);
};

/** Everything that a reader can get through the door and of the parts behind it, and all that lies on disk. */
export const searchWhatIsKept = async (
  round: Round,
  deployment: Deployment,
  keyturn: Keyturn,
  below: BelowTheDoor,
): Promise<void> => {
  const eventStore = await below.openEventStore();
  const page = await expectRight(eventStore.readAll({ limit: 1_000 }));
  const streams = new Set(page.events.map(({ stream }) => stream));
  for (const event of page.events)
    round.tell(
      'an event',
      JSON.stringify(event, (_, v: unknown) => (typeof v === 'bigint' ? `${v}` : v)),
    );
  for (const stream of streams) round.inspect('a snapshot', await eventStore.loadSnapshot(stream)());
  const workspaceIds = [...streams].flatMap((stream) =>
    stream.startsWith('keyring-') ? [stream.slice('keyring-'.length)] : [],
  );
  await searchDoor(round, keyturn, workspaceIds);
  round.inspect('its health', await keyturn.health());
  round.inspect('a sweep', await keyturn.housekeeping.sweep());
  round.inspect('what is known of vendors', keyturn.vendors.list());
  const reader = await openKeyturnReader({ ...deployment.options, project: false });
  await searchDoor(round, reader, workspaceIds);
  await reader.close();
  const models = await expectRight(
    openReadModels({ file: join(deployment.data, 'read-models.sqlite'), store: eventStore, access: 'read' }),
  );
  round.inspect('the actors', await models.countByActor({})());
  for (const part of [models, eventStore, await below.openVault()]) {
    round.inspect('a part of the library', part);
  }
  round.own(deployment.masterKeyFile);
  // As the log stands while it is open, with what was not yet written back.
  round.searchFiles(deployment.directory);
  await models.close();
};
