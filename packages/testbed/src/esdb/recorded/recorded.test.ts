import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sampled } from '../../sampling';
import { startEsdbServer, type EsdbServer } from '../esdbServer';
import { VERSIONS, type ServerVersion } from '../version/serverVersion';
import { makeAsking, type Asking, type Questions } from './testSupport/asking';
import { connectBareClient, type BareClient } from './testSupport/bareClient';
import { BATCHING } from './testSupport/batching';
import { DELETING } from './testSupport/deleting';
import { readRecorded, readSequences } from './testSupport/fixtures';
import { labelled } from './testSupport/labels';
import { READING } from './testSupport/reading';
import { replay } from './testSupport/replaying';
import { SUBSCRIBING } from './testSupport/subscribing';
import { WRITING } from './testSupport/writing';

const QUESTIONS: Questions = { ...WRITING, ...BATCHING, ...READING, ...SUBSCRIBING, ...DELETING };
/** What looks at all events, and may see none of another question's. */
const ALONE: ReadonlyArray<string> = ['read/all-one-page', 'subscribe/all-checkpoints'];

/** What waits for a time to be up, and is asked first. */
const SLOW: ReadonlyArray<string> = [
  'batch/never-final',
  'batch/after-a-bad-one',
  'batch/never-final-deadline-1s',
  'read/hidden-by-metadata',
];
/** Few enough that no question waits for the others as long as those do. */
const AT_ONCE = SLOW.length;

/** Asks some questions at a time, and gives the answers by question. */
const askAll = async (asking: Asking): Promise<ReadonlyMap<string, unknown>> => {
  const answers = new Map<string, unknown>();
  const ask = async (question: string): Promise<void> => {
    answers.set(question, labelled((await QUESTIONS[question]?.(asking)) ?? []));
  };
  const others = Object.keys(QUESTIONS).filter((question) => ![...ALONE, ...SLOW].includes(question));
  const waiting = [...SLOW, ...others];
  const askNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await ask(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, askNext));
  for (const question of ALONE) await ask(question);
  return answers;
};

interface Asked {
  readonly server: EsdbServer;
  readonly client: BareClient;
}

const open: Asked[] = [];
const start = async (version: ServerVersion, tls: boolean): Promise<Asked> => {
  const server = await startEsdbServer({ version, tls });
  const asked = { server, client: connectBareClient(server) };
  open.push(asked);
  return asked;
};
afterAll(async () => {
  for (const { client, server } of open) {
    client.close();
    await server.close();
  }
});

const SERVERS = sampled(
  (['23.10', '24.6', '24.10'] as const).flatMap((version) =>
    [false, true].map((tls) => ({
      version,
      tls,
      release: `${VERSIONS[version].release}${tls ? '-tls' : ''}`,
    })),
  ),
  2,
);
const answersBy = new Map<string, ReadonlyMap<string, unknown>>();
beforeAll(async () => {
  // All at once: most of the time they wait for what a server answers when time is up.
  await Promise.all(
    SERVERS.map(async ({ version, tls, release }) => {
      const { client } = await start(version, tls);
      answersBy.set(release, await askAll(makeAsking(client, tls ? 'admin:changeit' : null)));
    }),
  );
});

describe.each(SERVERS)('What a real server of $release answers, ours does', ({ release }) => {
  const recorded = readRecorded().filter(({ by }) => by.includes(release));

  test('everything that was recorded is asked', () => {
    expect(Object.keys(QUESTIONS).sort()).toEqual(recorded.map(({ question }) => question).sort());
  });

  test.each(recorded)('$question', ({ question, answers: expected }) => {
    expect(answersBy.get(release)?.get(question)).toEqual(expected);
  });
});

describe('To operations by chance, ours answers as real servers of each version', () => {
  let client: BareClient;
  beforeAll(async () => {
    ({ client } = await start('24.10', false));
  });

  test.each(sampled(readSequences(), 20))('seed $seed', async (sequence) => {
    const answers = await replay(makeAsking(client, null), sequence);
    expect(labelled(answers)).toEqual(sequence.steps.map(({ answer }) => answer));
  });
});
