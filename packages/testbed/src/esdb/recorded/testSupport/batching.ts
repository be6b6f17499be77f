import { AppendReq } from '@eventstore/db-client/generated/streams_pb';
import { randomUUID } from 'node:crypto';
import { answersOf, event, json, type Answers, type Asking, type Questions } from './asking';
import { appendEvent, appendOptions, batchMessage, type BatchMessage } from './requests';

const message = (fields: Partial<BatchMessage>): ReturnType<typeof batchMessage> =>
  batchMessage({ correlation: randomUUID(), events: [event()], isFinal: true, begins: null, ...fields });

/** An append that is wrong, then one that is right: what is answered, and what of the second is there. */
const after = async (
  { calls, read, fresh }: Asking,
  wrong: Partial<BatchMessage>,
  wanted: number,
): Promise<Awaited<Answers>> => {
  const stream = fresh('t');
  const right = message({ begins: { stream, expected: 'any' } });
  return [await calls.batch([message(wrong), right], wanted), await read({ stream, count: 5 })];
};

const toStream = ({ fresh }: Asking, deadline?: number): NonNullable<BatchMessage['begins']> => ({
  stream: fresh('s'),
  expected: 'any',
  ...(deadline === undefined ? {} : { deadline }),
});

/** What is asked of one of the two ways alone: messages that are missing, wrong, or in pieces. */
export const BATCHING: Questions = {
  'append/first-message-not-options': async ({ calls }) => [
    await calls.append([appendEvent(event())]),
    await calls.append([new AppendReq()]),
  ],
  'append/options-twice': async ({ calls, read, fresh }) => {
    const stream = fresh('s');
    const options = appendOptions(stream, 'any');
    return [await calls.append([options, appendEvent(event()), options]), await read({ stream, count: 5 })];
  },
  'append/nothing': async ({ calls }) => [await calls.append([])],
  'batch/no-options': async ({ calls }) => [await calls.batch([message({})], 0)],
  'batch/no-correlation': async (asking) => [
    await asking.calls.batch([message({ begins: toStream(asking), correlation: null })]),
  ],
  'batch/in-pieces': async ({ calls, read, fresh }) => {
    const [stream, correlation] = [fresh('s'), randomUUID()];
    const begins = { stream, expected: 'none' } as const;
    return [
      await calls.batch([
        message({ correlation, events: [json(1)], isFinal: false, begins }),
        message({ correlation, events: [json(2)] }),
      ]),
      await read({ stream, count: 5 }),
    ];
  },
  'batch/never-final': async (asking) => [
    await asking.calls.batch([message({ begins: toStream(asking), isFinal: false })]),
  ],
  'batch/never-final-deadline-1s': async (asking) => [
    // Recorded with one second; a loaded machine takes longer to ask, and then it would be past.
    await asking.calls.batch([message({ begins: toStream(asking, 5000), isFinal: false })]),
  ],
  'batch/deadline-past': async ({ calls, read, fresh }) => {
    const stream = fresh('s');
    const begins = { stream, expected: 'any', deadline: -1000 } as const;
    return [await calls.batch([message({ begins })]), await read({ stream, count: 5 })];
  },
  'batch/four-appends-of-one-stream': async ({ calls, read, fresh }) => {
    const stream = fresh('s');
    const appends = (['none', 0, 0, 1] as const).map((expected) => message({ begins: { stream, expected } }));
    const told = await calls.batch(appends, 4);
    // A real server's refusals overtake its successes, which wait for the index.
    const answers = [...answersOf(told)].sort((a, b) => Number('written' in a) - Number('written' in b));
    return [{ ...told, answers }, await read({ stream, count: 10 })];
  },
  'batch/after-a-bad-one': (asking) =>
    after(asking, { begins: toStream(asking), events: [event({ id: 'abc' })] }, 3),
  'batch/after-one-too-large': (asking) =>
    after(asking, { begins: toStream(asking), events: [event({ data: 'x'.repeat(1100 * 1024) })] }, 2),
  'batch/after-one-without-stream': (asking) =>
    after(asking, { begins: { stream: undefined, expected: 'any' } }, 2),
};
