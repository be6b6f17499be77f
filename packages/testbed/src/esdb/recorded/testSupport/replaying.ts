import { randomUUID } from 'node:crypto';
import { event, inTurn, type Answers, type Asking } from './asking';
import type { Sequence } from './fixtures';
import type { SentEvent } from './requests';

/** Asks what a sequence asks, step by step. */
export const replay = (asking: Asking, { steps }: Sequence): Answers => {
  const streams = new Map([
    ['a', asking.fresh('a')],
    ['b', asking.fresh('b')],
  ]);
  /** `a`, `b`, or the metastream of one of them. */
  const streamOf = (name: string): string => name.replace(/[ab]$/, (letter) => streams.get(letter) ?? letter);
  const ids = new Map<string, string>();
  const eventOf = (told: string): SentEvent => {
    const [key = '', data = ''] = told.split(':');
    const id = ids.get(key) ?? randomUUID();
    ids.set(key, id);
    return event({ id, data });
  };
  return inTurn(steps, async (step) => {
    const stream = streamOf(step.to);
    switch (step.do) {
      case 'append':
      case 'batch':
        return [await asking.write(step.do, stream, step.expected, step.events.map(eventOf))];
      case 'delete':
      case 'tombstone':
        return [await asking.calls.remove(step.do, stream, step.expected)];
      case 'metadata':
        return [await asking.setMetadata(stream, step.value, step.expected)];
      case 'read':
        return [await asking.read({ ...step.request, stream })];
    }
  });
};
