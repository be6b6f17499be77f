import type { GivenAnswer, KeyBehaviour, PlainBehaviour } from './behaviour';
import { answersNeeded } from './behaviour';
import type { SandboxVendor } from './sandboxVendor';
import { SANDBOX_VENDORS } from '../vendors/sandboxes';

/** What is to be done with one call: at once, after a time, or when it is released. */
interface NextAnswer {
  readonly answer: PlainBehaviour | GivenAnswer;
  readonly afterMs: number;
}

/** The keys that this sandbox issued, and how each behaves. */
export interface SandboxKeys {
  readonly issue: (vendor: string, behaviour: KeyBehaviour, key?: string) => string;
  readonly set: (key: string, behaviour: KeyBehaviour) => void;
  /** Whether this vendor issued a key. */
  readonly isOf: (vendor: string, key: string) => boolean;
  /** Counts the call. Null for a key that this vendor never issued. */
  readonly next: (vendor: SandboxVendor, key: string) => NextAnswer | null;
}

export const makeSandboxKeys = (): SandboxKeys => {
  const keys = new Map<string, { readonly vendor: string; behaviour: KeyBehaviour; calls: number }>();
  return {
    issue: (vendor, behaviour, key = vendorOf(vendor).newKey()) => {
      checkBehaviour(vendor, behaviour);
      keys.set(key, { vendor, behaviour, calls: 0 });
      return key;
    },
    set: (key, behaviour) => {
      const known = keys.get(key);
      if (known === undefined) throw new Error('The sandbox issued no such key: take one from issueKey.');
      checkBehaviour(known.vendor, behaviour);
      known.behaviour = behaviour;
      known.calls = 0;
    },
    isOf: (vendor, key) => keys.get(key)?.vendor === vendor,
    next: ({ vendor }, key) => {
      const known = keys.get(key);
      if (known?.vendor !== vendor) return null;
      known.calls += 1;
      return answerOf(known.behaviour, known.calls);
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
