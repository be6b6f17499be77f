import { expect, test } from '@jest/globals';
import { type Appended, someHistory } from '../testSupport/histories';
import { right, withOnDisk } from '../testSupport/onDisk';

const namesCase = ({ events }: Appended): boolean =>
  events.some(({ event }) => 'caseId' in event.data && event.data.caseId !== null);

test('a command id that is used again brings no case with it, however the log is cut into batches', async () => {
  const history = someHistory(400, 9);
  const first = history.find(namesCase);
  const commandId = first?.events[0]?.envelope.commandId;
  const later = history.slice(history.findIndex((one) => one === first) + 1);
  const again = later.find((one) => one.workspaceId === first?.workspaceId && !namesCase(one));
  if (commandId === undefined || again === undefined) throw new Error('nothing came under a case');
  const events = again.events.map(({ event, envelope }) => ({ event, envelope: { ...envelope, commandId } }));
  for (const batchSize of [1, 4_096]) {
    await withOnDisk(async ({ append, open }) => {
      const models = await open({ batchSize });
      await append(history.map((one) => (one === again ? { ...one, events } : one)));
      await right(models.catchUp);
      const { entries } = await right(models.auditPage({}, { order: 'oldest-first', limit: 1000 }));
      const under = entries.filter((entry) => entry.commandId === commandId && entry.caseId !== null);
      expect(under).toHaveLength(first?.events.length ?? 0);
    });
  }
});
