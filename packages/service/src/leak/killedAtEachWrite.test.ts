import { expect, test } from '@jest/globals';
import { makeInMemoryEventStore, StoreFault, type EventStore } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import { sampled } from '@keyturn/testbed/sampling';
import { Secret } from '@keyturn/vault';
import { makeProber, makeVendorAdmin } from '@keyturn/vendors';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { intercepted } from '../testSupport/interceptedStore';
import { freshSite } from '../testSupport/site';
import { storedEvents } from '../testSupport/stream';

const caseId = 'SEC/1042';
let workspaceId = 'acme';
let now = Date.now();
const site = freshSite(() => ({ clock: () => now }));
const as = () => ({ ...site().as(), workspaceId });

const dead = E.left(new StoreFault('unavailable', 'The process is gone.'));

/** A store whose process is killed at its `n`th append, ahead of the write or behind it: then nothing works. */
const killedAt = (store: EventStore, n: number, written: boolean): EventStore => {
  let appends = 0;
  return intercepted(store, {
    append: (next, ...args) => {
      appends += 1;
      if (appends < n) return next(...args);
      return async () => {
        if (appends === n && written) await next(...args)();
        return dead;
      };
    },
    readStream: (next, ...args) => (appends < n ? next(...args) : () => Promise.resolve(dead)),
  });
};

const prober = () => makeProber({ endpointOverrides: site().sandbox.urls, now: () => now });
const vendorAdmin = () => makeVendorAdmin({ endpointOverrides: site().sandbox.urls, now: () => now });

const serviceOn = (eventStore: EventStore) =>
  site().another({ eventStore, clock: () => now, prober: prober(), vendorAdmin: vendorAdmin() });
type Service = ReturnType<typeof serviceOn>;

/** The vendor's list tells keys apart by their ends alone. */
const issued = (end: string): string => {
  const { sandbox } = site();
  const some = sandbox.issueKey('anthropic');
  return sandbox.issueKey('anthropic', 'valid', `${some.slice(0, -4)}${end}AA`);
};

interface Case {
  readonly keyId: string;
  readonly pasted: string;
  readonly credential: string;
}

const by = async <A>(use: (credential: Secret) => TaskEither<unknown, A>, credential: string) => {
  const secret = await expectRight(() => Promise.resolve(Secret.from(credential)));
  return use(secret)();
};

type Way = 'by hand' | 'at the vendor';

/** What is done for the step that comes next. A failure is what a killed process leaves: nothing is made of it. */
const doStep = async (service: Service, way: Way, step: string, { keyId, pasted, credential }: Case) => {
  const of = { keyId, caseId };
  now += 3 * 60_000;
  switch (step) {
    case 'stop-stranger':
    case 'revoke': {
      if (way === 'by hand') {
        site().sandbox.setBehaviour(pasted, 'rejected');
        return service.recordRevocation(as(), { ...of, how: 'told', revokedAt: now })();
      }
      const found = await by((secret) => service.findAtVendor(as(), of, secret), credential);
      const vendorKeyId = E.isRight(found) ? (found.right.keys[0]?.vendorKeyId ?? '') : '';
      return by((secret) => service.revokeAtVendor(as(), { ...of, vendorKeyId }, secret), credential);
    }
    case 'successor': {
      const added = await service.addKey(as(), {
        vendor: 'anthropic',
        pasted: issued('yz'),
      })();
      return E.isLeft(added) ? added : service.setDefault(as(), { keyId: added.right.key.keyId })();
    }
    case 'kill-check':
      return service.checkLeak(as(), of, null)();
    case 'hard-delete':
      return service.hardDeleteKey(as(), { ...of, killCheck: true })();
    case 'review':
      return service.recordLeakReview(as(), { ...of, until: now, uses: 1 })();
    case 'close':
      return service.closeLeakCase(as(), { caseId })();
    default:
      return service.reportLeak(as(), { ...of, stranger: 'yes' })();
  }
};

/** Does what is next, time after time, until nothing is; false when the process is killed on the way. */
const goOn = async (service: Service, way: Way, of: Case): Promise<boolean> => {
  for (let steps = 0; steps < 30; steps += 1) {
    const read = await service.leakCase(as(), { caseId })();
    if (E.isLeft(read)) return false;
    const [key] = read.right.keys;
    if (key?.next === null) return true;
    const done = await doStep(service, way, key?.next ?? 'report', of);
    if (E.isLeft(done)) return false;
  }
  throw new Error('The case does not come to its end.');
};

test.each(sampled<Way>(['by hand', 'at the vendor'], 1))(
  'a case with its key revoked %s goes on where it stood, wherever it is killed',
  async (way) => {
    const store = makeInMemoryEventStore();
    for (let kill = 1, isKilled = true; isKilled; kill += 1) {
      // Ahead of one write, and behind the next: the other way round where the key is revoked otherwise.
      const written = (kill % 2 === 0) === (way === 'by hand');
      workspaceId = `acme-${kill}`;
      const pasted = issued(String(kill).padStart(2, '0'));
      const { key } = await expectRight(serviceOn(store).addKey(as(), { vendor: 'anthropic', pasted }));
      const of = { keyId: key.keyId, pasted, credential: site().sandbox.issueAdminCredential('anthropic') };
      isKilled = !(await goOn(serviceOn(killedAt(store, kill, written)), way, of));
      const after = serviceOn(store);
      expect(await goOn(after, way, of)).toBe(true);
      const events = await storedEvents(store, workspaceId);
      const count = (type: string): number => events.filter((event) => event.type === type).length;
      const once = [
        'KeyReportedLeaked',
        'KeyHardDeleted',
        'KeySecretDestroyed',
        'LeakReviewed',
        'LeakCaseClosed',
      ];
      expect([kill, once.map(count)]).toEqual([kill, [1, 1, 1, 1, 1]]);
      const { keys } = await expectRight(after.leakCase(as(), { caseId }));
      expect(keys).toMatchObject([{ outcome: 'contained', next: null }]);
    }
  },
);
