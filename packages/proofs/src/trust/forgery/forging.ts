import { randomBytes, randomUUID } from 'node:crypto';
import { chainAfter, genesisOf, linkOf, withLink } from '@keyturn/event-store';
import type { Random } from '../kills/random';
import type { Written } from './written';

/** What is there to forge with. */
export interface Material {
  readonly random: Random;
  readonly stream: string;
  readonly events: ReadonlyArray<Written>;
  /** The events of another workspace. */
  readonly others: ReadonlyArray<Written>;
  /** A key of the workspace, to be destroyed by a forged event. */
  readonly keyId: string;
  /** Whether a stream can lack a revision in its midst. */
  readonly keepsGaps: boolean;
}

/** How a forger goes on who has changed an event. */
type Finish =
  /** The chain stays what it was. */
  | 'as-it-is'
  /** The chain is computed anew, and the seals stay. */
  | 'chained-anew'
  /** The same, and the last event gets a seal: of no key, or of another event. */
  | 'sealed-by-nobody'
  | 'sealed-by-another';

const FINISHES: ReadonlyArray<Finish> = ['as-it-is', 'chained-anew', 'sealed-by-nobody', 'sealed-by-another'];

/** What a forger does to the events of one stream; null where there is nothing to do it to. */
type Change = (material: Material) => ReadonlyArray<Written> | null;

const place = ({ random, events }: Material): number => random.below(events.length);

const changedAt = (
  material: Material,
  change: (event: Written) => Written,
): ReadonlyArray<Written> | null => {
  const at = place(material);
  const { events } = material;
  return events.map((event, index) => (index === at ? change(event) : event));
};

/** As many events, each behind the one before. */
const inOrder = (events: ReadonlyArray<Written>): ReadonlyArray<Written> =>
  events.map((event, revision) => ({ ...event, revision }));

const replaced = (text: string, pattern: RegExp, by: (found: string) => string): string =>
  text.replace(pattern, by);

const hardDelete = (keyId: string): string =>
  JSON.stringify({ keyId, cause: 'emergency', reason: 'leak', caseId: 'C1', interruptedRuns: [] });

const inserted = ({ events, keyId, others }: Material, at: number, data: string): ReadonlyArray<Written> => {
  const like = events[Math.max(0, at - 1)] ?? others[0];
  if (like === undefined) return events;
  const forged = { ...like, id: randomUUID(), type: 'KeyHardDeleted', data: data || hardDelete(keyId) };
  return inOrder([...events.slice(0, at), forged, ...events.slice(at)]);
};

const withoutOne = (material: Material): ReadonlyArray<Written> | null => {
  const { events, random, keepsGaps } = material;
  if (events.length < 2) return null;
  const at = random.below(events.length - 1);
  const left = events.filter((_, index) => index !== at);
  return keepsGaps && random.chance(0.5) ? left : inOrder(left);
};

const turned = (letter: string): string => (letter === 'a' ? 'b' : 'a');

/** Every change, by what a message says of it. */
export const CHANGES: Readonly<Record<string, Change>> = {
  'a letter of an event’s data': (material) =>
    changedAt(material, (event) => {
      const letters = [...event.data.matchAll(/[a-z0-9]/g)].map(({ index }) => index);
      if (letters.length === 0) return event;
      const at = material.random.pick(letters);
      const data = `${event.data.slice(0, at)}${turned(event.data.charAt(at))}${event.data.slice(at + 1)}`;
      return { ...event, data };
    }),
  'an event’s type': (material) =>
    changedAt(material, (event) => ({
      ...event,
      type: event.type === 'RunFinished' ? 'KeyHardDeleted' : 'RunFinished',
    })),
  'an event’s id': (material) => changedAt(material, (event) => ({ ...event, id: randomUUID() })),
  'who did it': (material) =>
    changedAt(material, (event) => ({
      ...event,
      metadata: replaced(event.metadata, /"id":"ada"/, () => '"id":"eve"'),
    })),
  'an event’s time': (material) =>
    changedAt(material, (event) => ({
      ...event,
      metadata: replaced(event.metadata, /"time":"?\d{4,}/, (found) =>
        found.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10)),
      ),
    })),
  'the workspace that an event names': (material) =>
    changedAt(material, (event) => ({
      ...event,
      metadata: replaced(event.metadata, /"workspaceId":"[^"]*"/, () => '"workspaceId":"elsewhere"'),
    })),
  'an event dropped': withoutOne,
  'an event doubled': ({ events, random }) => {
    const at = random.below(events.length);
    const one = events[at];
    if (one === undefined) return null;
    const twin = random.chance(0.5) ? one : { ...one, id: randomUUID() };
    return inOrder([...events.slice(0, at), twin, ...events.slice(at)]);
  },
  'two events exchanged': ({ events, random }) => {
    if (events.length < 2) return null;
    const at = random.below(events.length - 1);
    const [one, two] = [events[at], events[at + 1]];
    if (one === undefined || two === undefined) return null;
    return inOrder([...events.slice(0, at), two, one, ...events.slice(at + 2)]);
  },
  'an event of another workspace put between': ({ events, others, random }) => {
    if (others.length === 0) return null;
    const at = random.below(events.length + 1);
    return inOrder([...events.slice(0, at), random.pick(others), ...events.slice(at)]);
  },
  'an event in the place of another workspace’s': (material) =>
    material.others.length === 0
      ? null
      : changedAt(material, ({ revision }) => ({ ...material.random.pick(material.others), revision })),
  'the whole stream another workspace’s': ({ others }) => (others.length === 0 ? null : others),
  'a hard delete put at the end': (material) => inserted(material, material.events.length, ''),
  'a hard delete put between': (material) => inserted(material, place(material), ''),
  'the end cut off': ({ events, random }) =>
    events.slice(0, 1 + random.below(Math.max(1, events.length - 1))),
  'the stream emptied': () => [],
};

/** The events with their chain computed anew, as whoever has no log key can. Seals stay, but for the last one's. */
const chainedAnew = (
  { stream, events: before, random }: Material,
  events: ReadonlyArray<Written>,
  finish: Exclude<Finish, 'as-it-is'>,
): ReadonlyArray<Written> => {
  let { chain } = genesisOf(stream);
  const seals = before.flatMap(({ metadata }) => linkOf(metadata)?.seal ?? []);
  return events.map((event, index) => {
    const link = linkOf(event.metadata);
    if (link === null) return event;
    chain = chainAfter(chain, { ...event, stream, rest: link.rest });
    const isLast = index === events.length - 1;
    const another = finish === 'sealed-by-nobody' || seals.length === 0 ? null : random.pick(seals);
    const seal =
      !isLast || finish === 'chained-anew' ? link.seal : (another ?? { seal: randomBytes(32), sealKey: 1 });
    return { ...event, metadata: withLink({ rest: link.rest, chain, seal }) };
  });
};

/** A forged stream, and what was done to it. */
export interface Forgery {
  readonly what: string;
  readonly events: ReadonlyArray<Written>;
}

/** What tells streams apart: the recorded time is the store's, and under no chain. */
const textOf = (events: ReadonlyArray<Written>): string =>
  JSON.stringify(
    events.map(({ revision, id, type, data, metadata }) => [revision, id, type, data, metadata]),
  );

export const sameEvents = (a: ReadonlyArray<Written>, b: ReadonlyArray<Written>): boolean =>
  textOf(a) === textOf(b);

/** A forgery by chance, which is none of doing nothing. */
export const forged = (material: Material): Forgery => {
  const { random, events } = material;
  for (;;) {
    const name = random.pick(Object.keys(CHANGES));
    const finish = random.pick(FINISHES);
    const changed = CHANGES[name]?.(material) ?? null;
    if (changed === null || sameEvents(changed, events)) continue;
    const finished = finish === 'as-it-is' ? changed : chainedAnew(material, changed, finish);
    // What is left of a stream whose end was cut off is whole: to chain it anew changes nothing.
    return { what: `${name} (${finish})`, events: finished };
  }
};
