import { randomUUID } from 'node:crypto';
import type { BareClient, Calls, Seen } from './bareClient';
import {
  appendEvent,
  appendOptions,
  batchMessage,
  type Expected,
  type ReadRequest,
  type SentEvent,
} from './requests';
import type { Told, ToldFields } from './telling';

export type Way = 'append' | 'batch';

/** What a question is asked with. */
export interface Asking {
  readonly client: BareClient;
  /** Calls of the user who may do everything. */
  readonly calls: Calls;
  /** A stream that no other question has. */
  readonly fresh: (name: string) => string;
  readonly write: (
    way: Way,
    stream: string | undefined,
    expected: Expected,
    events: ReadonlyArray<SentEvent>,
    calls?: Calls,
  ) => Promise<ToldFields>;
  readonly read: (request: ReadRequest, meanwhile?: (seen: Seen) => Promise<void>) => Promise<ToldFields>;
  /** Appends the events 1 and 2 to a stream that is not there, and gives them. */
  readonly two: (stream: string) => Promise<ReadonlyArray<SentEvent>>;
  readonly setMetadata: (stream: string, value: object, expected?: Expected) => Promise<ToldFields>;
}

export type Answers = Promise<ReadonlyArray<Told>>;
/** Questions by the names that they have in the recordings. */
export type Questions = Readonly<Record<string, (asking: Asking) => Answers>>;

export const event = (fields: Partial<SentEvent> = {}): SentEvent => ({
  id: randomUUID(),
  type: 'T',
  contentType: 'application/json',
  data: '{}',
  metadata: '',
  ...fields,
});

export const json = (value: unknown): SentEvent => event({ data: JSON.stringify(value) });

export const jsons = (count: number): ReadonlyArray<SentEvent> =>
  Array.from({ length: count }, (_, index) => json(index));

const isFields = (told: Told): told is ToldFields => typeof told === 'object' && !Array.isArray(told);

/** What a call with many answers told. */
export const answersOf = ({ answers }: ToldFields): ReadonlyArray<ToldFields> =>
  Array.isArray(answers) ? answers.filter(isFields) : [];

/** Where a write stands in the log. */
export const placeOf = (answer: ToldFields): { readonly commit: string; readonly prepare: string } => {
  const { written } = answer;
  const place = Array.isArray(written) ? String(written[1]) : '';
  if (!place.startsWith('@')) throw new Error(`It was not written: ${JSON.stringify(answer)}`);
  return { commit: place.slice(1), prepare: place.slice(1) };
};

let streams = 0;

/** `user` may do everything; null where everyone may. */
export const makeAsking = (client: BareClient, user: string | null): Asking => {
  const calls = client.as(user);
  const write: Asking['write'] = (way, stream, expected, events, by = calls) =>
    way === 'append'
      ? by.append([appendOptions(stream, expected), ...events.map(appendEvent)])
      : by.batch([
          batchMessage({ correlation: randomUUID(), events, isFinal: true, begins: { stream, expected } }),
        ]);
  return {
    client,
    calls,
    fresh: (name) => {
      streams += 1;
      return `asked-${streams}-${name}`;
    },
    write,
    read: calls.read,
    two: async (stream) => {
      const events = [json(1), json(2)];
      await write('append', stream, 'none', events);
      return events;
    },
    setMetadata: (stream, value, expected = 'any') =>
      write('append', `$$${stream}`, expected, [event({ type: '$metadata', data: JSON.stringify(value) })]),
  };
};

/** Asks one after the other. */
export const inTurn = async <A>(
  of: ReadonlyArray<A>,
  ask: (one: A) => Promise<ReadonlyArray<Told>>,
): Answers => {
  const answers: Told[] = [];
  for (const one of of) answers.push(...(await ask(one)));
  return answers;
};
