import { randomUUID } from 'node:crypto';
import type { GivenAnswer, KeyBehaviour, PlainBehaviour } from './behaviour';
import { answersNeeded } from './behaviour';
import type { SandboxKeyRecord, SandboxOrganisation, SandboxUsage } from './sandboxAdmin';
import type { SandboxVendor } from './sandboxVendor';
import { SANDBOX_VENDORS } from '../vendors/sandboxes';

/** What is to be done with one call: at once, after a time, or when it is released. */
interface NextAnswer {
  readonly answer: PlainBehaviour | GivenAnswer;
  readonly afterMs: number;
}

/** The keys that this sandbox issued, how each behaves, and what its vendor knows of it. */
export interface SandboxKeys {
  readonly issue: (vendor: string, behaviour: KeyBehaviour, key?: string) => string;
  readonly set: (key: string, behaviour: KeyBehaviour) => void;
  /** Whether this vendor issued a key. */
  readonly isOf: (vendor: string, key: string) => boolean;
  /** Counts the call. Null for a key that this vendor never issued, or that is revoked. */
  readonly next: (vendor: SandboxVendor, key: string) => NextAnswer | null;
  /** Counts use of a key at a time, milliseconds since 1970. */
  readonly use: (key: string, at: number, requests: number, tokens: number) => void;
  readonly organisationOf: (vendor: string) => SandboxOrganisation;
}

interface IssuedKey {
  readonly vendor: string;
  behaviour: KeyBehaviour;
  calls: number;
  record: SandboxKeyRecord;
  readonly usage: Map<number, SandboxUsage>;
}

const HOUR_MS = 3_600_000;

export const makeSandboxKeys = (now: () => number): SandboxKeys => {
  const keys = new Map<string, IssuedKey>();

  const issuedTo = (key: string): IssuedKey => {
    const known = keys.get(key);
    if (known === undefined) throw new Error('The sandbox issued no such key: take one from issueKey.');
    return known;
  };

  const recordOf = ({ admin }: SandboxVendor, secret: string): SandboxKeyRecord => ({
    id: admin?.newKeyId() ?? randomUUID(),
    secret,
    name: `sandbox key ${keys.size + 1}`,
    place: admin?.places[0] ?? 'sandbox',
    createdAt: now(),
    lastUsedAt: null,
    status: 'active',
    inactiveSince: null,
  });

  return {
    issue: (vendor, behaviour, key = vendorOf(vendor).newKey()) => {
      checkBehaviour(vendor, behaviour);
      keys.set(key, {
        vendor,
        behaviour,
        calls: 0,
        record: recordOf(vendorOf(vendor), key),
        usage: new Map(),
      });
      return key;
    },
    set: (key, behaviour) => {
      const known = issuedTo(key);
      checkBehaviour(known.vendor, behaviour);
      known.behaviour = behaviour;
      known.calls = 0;
    },
    isOf: (vendor, key) => keys.get(key)?.vendor === vendor,
    next: ({ vendor }, key) => {
      const known = keys.get(key);
      if (known?.vendor !== vendor || known.record.status !== 'active') return null;
      known.calls += 1;
      return answerOf(known.behaviour, known.calls);
    },
    use: (key, at, requests, tokens) => {
      const known = issuedTo(key);
      const hour = at - (at % HOUR_MS);
      const before = known.usage.get(hour) ?? { hour, requests: 0, tokens: 0 };
      known.usage.set(hour, {
        hour,
        requests: before.requests + requests,
        tokens: before.tokens + tokens,
      });
      known.record = { ...known.record, lastUsedAt: Math.max(at, known.record.lastUsedAt ?? 0) };
    },
    organisationOf: (vendor) => {
      const own = [...keys.values()].filter((key) => key.vendor === vendor);
      const byId = (id: string): IssuedKey | undefined => own.find(({ record }) => record.id === id);
      return {
        keys: own.map(({ record }) => record),
        setStatus: (id, status) => {
          const known = byId(id);
          if (known === undefined) return;
          known.record = { ...known.record, status, inactiveSince: status === 'active' ? null : now() };
        },
        usageOf: (id) => [...(byId(id)?.usage.values() ?? [])].sort((a, b) => a.hour - b.hour),
      };
    },
  };
};

/** No vendor gives an answer of each kind, and none is made up for it. */
const checkBehaviour = (vendor: string, behaviour: KeyBehaviour): void => {
  const { answers } = vendorOf(vendor);
  const missing = answersNeeded(behaviour).find((name) => answers.every((answer) => answer.name !== name));
  if (missing === undefined) return;
  throw new Error(
    `No "${missing}" answer of ${vendor} is on record: name another behaviour, or give an answer.`,
  );
};

const answerOf = (behaviour: KeyBehaviour, calls: number): NextAnswer => {
  if (typeof behaviour === 'string') return { answer: behaviour, afterMs: 0 };
  if ('answer' in behaviour) return { answer: behaviour.answer, afterMs: 0 };
  if ('afterMs' in behaviour) return { answer: behaviour.then, afterMs: behaviour.afterMs };
  return { answer: calls <= behaviour.times ? behaviour.first : behaviour.then, afterMs: 0 };
};

export const vendorOf = (vendor: string): SandboxVendor => {
  const found = SANDBOX_VENDORS.find((candidate) => candidate.vendor === vendor);
  if (found === undefined) throw new Error(`The sandbox does not answer as "${vendor}".`);
  return found;
};
