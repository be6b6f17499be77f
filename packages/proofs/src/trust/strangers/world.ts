import { MANNERS, STRANGERS_ANSWERS, startStrangerServer, unknownAnswers } from '@keyturn/testbed/strangers';
import { makeProber, type ProbeResult, type ProbeTarget } from '@keyturn/vendors';
import { startVendorSandbox, type VendorSandbox } from '@keyturn/vendors/sandbox';
import fc from 'fast-check';
import * as E from 'fp-ts/Either';
import { makeRandom } from '../canaries/random';
import type { FaultyProber } from '../faulty/probers';
import { startBetween } from './between';
import { TAMPERINGS } from './tampering';

/** What was tried, and what came of it. */
export interface Tried {
  readonly what: 'answers of strangers' | 'unknown answers' | 'near misses';
  /** Which answer it was, in whose place. */
  readonly name: string;
  readonly result: ProbeResult;
}

/** Vendors in whose place others answer. */
export interface World {
  /** How many answers of strangers there are, each in the place of each vendor. */
  readonly known: number;
  /** The next of them, as long as one is left. */
  readonly nextKnown: () => Promise<Tried>;
  readonly unknown: () => Promise<Tried>;
  readonly nearMiss: () => Promise<Tried>;
  readonly close: () => Promise<unknown>;
}

const SENT = ['valid', 'rejected', 'unfunded', 'restricted', 'leaked', 'throttled'] as const;

/** What keys need beside themselves, by the field that is missing. */
const BESIDE = { region: 'us-east-1', endpoint: 'https://contoso.example.com', model: 'deployed' } as const;

/** A target of a vendor: what its keys need is found by asking. */
const targetOf = (vendor: string): ProbeTarget => {
  const { readTarget } = makeProber();
  const complete = (target: ProbeTarget, asked: number): ProbeTarget => {
    const read = readTarget(target);
    return E.isRight(read) || asked === 0
      ? target
      : complete({ ...target, [read.left.field]: BESIDE[read.left.field] }, asked - 1);
  };
  return complete({ vendor, endpoint: null, region: null }, Object.keys(BESIDE).length);
};

/** A key that the vendor answers with one of its answers to; null where it has no such answer on record. */
const keyAnsweredWith = (
  sandbox: VendorSandbox,
  vendor: string,
  behaviour: (typeof SENT)[number],
): string | null => {
  try {
    return sandbox.issueKey(vendor, behaviour);
  } catch {
    return null;
  }
};

export const openWorld = async (seed: number, faulty: FaultyProber): Promise<World> => {
  const random = makeRandom(seed);
  const [server, sandbox, between] = await Promise.all([
    startStrangerServer(),
    startVendorSandbox(),
    startBetween(),
  ]);
  const vendors = Object.keys(sandbox.urls);
  const known = random.some(
    vendors.length * STRANGERS_ANSWERS.length,
    vendors.flatMap((vendor) => STRANGERS_ANSWERS.map((answer) => ({ vendor, answer }))),
  );
  const toTry = known.values();

  const probe = (vendor: string, url: string, key: string): Promise<ProbeResult> =>
    faulty(
      makeProber({ endpointOverrides: { [vendor]: url }, retry: { attempts: 1 }, timeoutMs: 2000 }),
    ).probe(targetOf(vendor), Buffer.from(key))();
  const someKey = (): string => random.text(40, 'ABCDEFabcdef0123456789');

  return {
    known: known.length,
    nextKnown: async () => {
      const next = toTry.next();
      if (next.done === true) throw new Error('All were tried.');
      const { vendor, answer } = next.value;
      server.answerWith(answer);
      const result = await probe(vendor, server.url, someKey());
      return { what: 'answers of strangers', name: `${answer.name}, in the place of ${vendor}`, result };
    },
    unknown: async () => {
      const vendor = random.pick(vendors);
      const manner = random.pick(MANNERS.filter((one) => one !== 'slow'));
      const [answer] = fc.sample(unknownAnswers, { seed: random.whole(2 ** 31), numRuns: 1 });
      if (answer === undefined) throw new Error('Nothing was made.');
      server.answerWith(answer, manner);
      const result = await probe(vendor, server.url, someKey());
      const begun = JSON.stringify(answer.body.slice(0, 60));
      const name = `${answer.status} (${manner}) ${begun}, in the place of ${vendor}`;
      return { what: 'unknown answers', name, result };
    },
    nearMiss: async () => {
      for (;;) {
        const vendor = random.pick(vendors);
        const behaviour = random.pick(SENT);
        const key = keyAnsweredWith(sandbox, vendor, behaviour);
        if (key === null) continue;
        const { name, tampering } = random.pick(TAMPERINGS);
        between.towards(sandbox.urls[vendor] ?? '', tampering);
        const result = await probe(vendor, between.url, key);
        return { what: 'near misses', name: `"${behaviour}" of ${vendor}, ${name}`, result };
      }
    },
    close: () => Promise.all([server.close(), sandbox.close(), between.close()]),
  };
};
