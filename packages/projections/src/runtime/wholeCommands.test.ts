import { expect, test } from '@jest/globals';
import { someHistory } from '../testSupport/histories';
import { eventData } from '../testSupport/onDisk';
import type { ProjectedEvent } from './projector';
import { wholeCommands } from './wholeCommands';

const projected = [someHistory(80, 7)].flatMap((history) => {
  const events: ProjectedEvent[] = [];
  for (const { workspaceId, events: appended } of history) {
    for (const { event, envelope } of appended) {
      const data = eventData({ event, envelope });
      const position = BigInt(events.length + 1);
      const recorded = {
        ...data,
        stream: `keyring-${workspaceId}`,
        revision: events.length,
        position,
        recordedAt: 0,
      };
      events.push({ recorded, event, envelope });
    }
  }
  return events;
});

test('the history has commands of several events', () => {
  expect(projected.some(({ envelope }) => envelope.count > 1)).toBe(true);
});

test('wherever events are cut off, the whole commands end with a last event', () => {
  for (let length = 0; length <= projected.length; length++) {
    const { count, open } = wholeCommands(projected.slice(0, length));
    const last = projected[count - 1]?.envelope;
    expect(last === undefined || last.index + 1 === last.count).toBe(true);
    expect(open === null).toBe(count === length);
  }
});

test('a command that breaks off stays open, whatever its stream goes on with', () => {
  const at = projected.findIndex(({ envelope }) => envelope.index === 0 && envelope.count > 1);
  const broken = projected.filter((_, i) => i !== at + 1);
  const { count, open } = wholeCommands(broken);
  expect(count).toBeLessThanOrEqual(at);
  expect(open?.revision).toBe(at);
});
