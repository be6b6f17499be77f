import {
  whoseFault,
  type Catalogue,
  type FailureReason,
  type Fault,
  type FaultCounts,
  type InconclusiveReason,
  type KeyStatus,
  type VendorTrouble as Counted,
} from '@keyturn/domain';
import type { ReadModels } from '@keyturn/projections';
import type { ServiceLog } from '@keyturn/service';
import type { KnownVendors } from '@keyturn/vendors';
import { HOUSEKEEPER } from './context';
import { isKeyturnError, refusalError, type KeyturnRefusal } from './errors';
import { keyturnError, settled } from './settle';

/** Where people turn to. Each is told where it is needed, and only where it is configured. */
export interface Contacts {
  /** Your status page, `https://…`. */
  readonly statusUrl?: string;
  /** Where customers write to for help. */
  readonly supportAddress?: string;
  /** Where customers write to about a leak. */
  readonly securityAddress?: string;
}

/** Whose fault it more likely is that a key was not accepted. All is null where there is nothing to say. */
export interface ToldFault {
  /**
   * `this-key`: nothing says that it is more than this one. `vendor-wide`: at least three workspaces, and half of those
   * that called the vendor within 15 minutes, have trouble there that speaks against no key. `platform-side`: several
   * vendors have, or it is this service's own to mend.
   */
  readonly fault: Fault | null;
  /** What that stands on: numbers alone. */
  readonly faultCounts: FaultCounts | null;
  /** In words, with the status page and the address of support; null for `this-key`. */
  readonly faultSentence: string | null;
}

/** How a vendor fares by the newest test calls of all workspaces. */
export interface VendorTrouble extends Counted {
  /** Whose fault it more likely is; `this-key` where it is no more than single keys. */
  readonly fault: Fault;
}

/** Each vendor that was called, with whose fault its trouble is. */
export const vendorTroubles = (seen: ReadonlyArray<Counted>): ReadonlyArray<VendorTrouble> =>
  seen.map((one) => ({ ...one, fault: whoseFault(one.vendor, null, seen).fault }));

export const NO_FAULT: ToldFault = { fault: null, faultCounts: null, faultSentence: null };

/** How long an answer waits for what was just written to be projected. */
const PATIENCE_MS = 2_000;

type Reason = FailureReason | InconclusiveReason;

/** Tells whose fault it is. Nothing decides by it, and nothing fails because of it. */
export interface FaultTeller {
  /** Of a test call that was not accepted, once what it recorded is projected. */
  readonly ofCall: (vendor: string, reason: Reason, position: string | null) => Promise<ToldFault>;
  /** Of keys of a list, in its order. */
  readonly ofKeys: (keys: ReadonlyArray<TestedKey>) => Promise<ReadonlyArray<ToldFault>>;
  /** The same error; a refusal over a key that does not work says whose fault that is, too. */
  readonly explained: (error: unknown) => Promise<unknown>;
}

/** What is known of a key's last verdict. */
interface TestedKey {
  readonly vendor: string;
  readonly status: KeyStatus;
  readonly failureReason: FailureReason | null;
}

const isTroubled = ({ status }: TestedKey): boolean => status === 'failed' || status === 'pending';

/** The key that a refusal is about: it is refused since the key does not work. */
const keyOf = (refusal: KeyturnRefusal): TestedKey | undefined => {
  switch (refusal.code) {
    case 'default-not-active':
    case 'key-not-active':
      return refusal.facts.key;
    case 'vendor-has-no-active-key':
      return refusal.facts.keys[0];
    default:
      return undefined;
  }
};

const saying = (
  refusal: KeyturnRefusal,
  { fault, faultCounts, faultSentence }: ToldFault,
): KeyturnRefusal => {
  if (fault === null || faultCounts === null) return refusal;
  const message = faultSentence === null ? refusal.message : `${refusal.message} ${faultSentence}`;
  const found = { fault, faultCounts };
  switch (refusal.code) {
    case 'default-not-active':
      return refusalError({ code: refusal.code, message, facts: { ...refusal.facts, ...found } });
    case 'key-not-active':
      return refusalError({ code: refusal.code, message, facts: { ...refusal.facts, ...found } });
    case 'vendor-has-no-active-key':
      return refusalError({ code: refusal.code, message, facts: { ...refusal.facts, ...found } });
    default:
      return refusal;
  }
};

export const makeFaultTeller = (parts: {
  readonly readModels: () => Promise<ReadModels>;
  readonly words: Catalogue;
  readonly log: ServiceLog;
  readonly contacts: Contacts;
  readonly vendors: Pick<KnownVendors, 'displayName' | 'isModelNamedWithKey'>;
}): FaultTeller => {
  const { readModels, words, log, contacts, vendors } = parts;
  const { statusUrl = null, supportAddress = null } = contacts;

  const seen = async (position: string | null): Promise<ReadonlyArray<Counted>> => {
    try {
      const models = await readModels();
      if (position !== null) {
        const patience = { timeoutMs: PATIENCE_MS, skipRebuilding: true, projections: ['key-list'] } as const;
        // What is there by then is told of: a verdict is worth no longer wait.
        await models.waitFor(BigInt(position), patience)();
      }
      return await settled(models.vendorTroubles);
    } catch (error) {
      log.warn({ actor: HOUSEKEEPER, code: keyturnError(error).code }, 'whose fault it is could not be told');
      return [];
    }
  };

  const told = (vendor: string, reason: Reason | null, troubles: ReadonlyArray<Counted>): ToldFault => {
    // A model that came with the key is as much a part of it as its endpoint.
    const isMisnamed = reason === 'model-unavailable' && vendors.isModelNamedWithKey(vendor);
    const found = whoseFault(vendor, isMisnamed ? 'misdirected' : reason, troubles);
    if (found.fault === 'this-key') return { ...found, faultSentence: null };
    const vendorName = vendors.displayName(vendor);
    return { ...found, faultSentence: words.fault({ ...found, vendorName, statusUrl, supportAddress }) };
  };

  const ofKeys: FaultTeller['ofKeys'] = async (keys) => {
    if (!keys.some(isTroubled)) return keys.map(() => NO_FAULT);
    const troubles = await seen(null);
    return keys.map((key) => {
      if (!isTroubled(key)) return NO_FAULT;
      const found = told(key.vendor, key.failureReason, troubles);
      // One that waits for its first verdict has no fault that anybody knows of.
      return key.status === 'pending' && found.fault === 'this-key' ? NO_FAULT : found;
    });
  };

  return {
    ofCall: async (vendor, reason, position) => told(vendor, reason, await seen(position)),
    ofKeys,
    explained: async (error) => {
      if (!isKeyturnError(error) || error.kind !== 'refusal') return error;
      const key = keyOf(error);
      const [found] = key === undefined ? [] : await ofKeys([key]);
      return found === undefined ? error : saying(error, found);
    },
  };
};
