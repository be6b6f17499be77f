import { withPromises } from '@keyturn/service';
import { ALL_KINDS, type CanaryKind } from '../canary';
import { anyPaste } from '../pastes';
import { anyVendor, KEY_AS_REQUEST_ID } from '../vendorAnswers';
import type { LibraryScenario } from './scenario';

/** Short, and of characters that ids have: nothing but what it holds tells such a key from an id. */
const SHAPED_AS_IDS: ReadonlyArray<CanaryKind> = ['Mistral key', 'Azure key', 'Groq key', 'Gemini key'];

const keysAsRequestIds: LibraryScenario = {
  name: 'keys that vendors give back as the id of the request',
  play: async ({ add }) => {
    for (const vendor of ['anthropic', 'openai']) {
      for (const kind of SHAPED_AS_IDS) await add({ vendor, kind, behaviour: KEY_AS_REQUEST_ID });
    }
  },
};

const addEveryKind: LibraryScenario = {
  name: 'keys of every kind, tested by vendors of every kind',
  play: async ({ add, round }) => {
    for (const kind of round.random.some(8, ALL_KINDS)) await add({ kind });
  },
};

const badPastes: LibraryScenario = {
  name: 'pastes with something around the key',
  play: async ({ context, disk, round, seen }) => {
    for (let n = 0; n < 12; n += 1) {
      const vendor = anyVendor(round.random);
      const { content } = round.canary();
      const pasted = anyPaste(round.random, content);
      const clean = round.random.chance(0.3);
      await seen('a paste', disk.keyturn.addKey(context, { vendor, pasted, clean }));
    }
  },
};

const slowVendor: LibraryScenario = {
  name: 'a vendor that does not answer in time',
  play: async ({ add, context, disk, seen }) => {
    const added = await add({ behaviour: 'held' });
    if (added !== null) await seen('testing it', disk.keyturn.validateKey(context, { keyId: added.keyId }));
  },
};

const lifeOfAKey: LibraryScenario = {
  name: 'a key from its adding to its end, and again',
  play: async ({ add, context, disk: { keyturn }, round, seen, promised }) => {
    const [first, second] = [await add({ behaviour: 'valid' }), await add({ behaviour: 'valid' })];
    if (first === null || second === null) return;
    const [{ keyId, canary }, other] = [first, second];
    const { content } = canary;
    const promises = withPromises(keyturn);
    round.sandbox.setBehaviour(content, round.random.pick(['echoes-key', 'leaked', 'valid', 'unfunded']));
    await seen('testing it', keyturn.validateKey(context, { keyId }));
    await seen('Default', keyturn.setDefault(context, { keyId: other.keyId }));
    await seen('Default of a project', keyturn.setDefault(context, { keyId: other.keyId, projectId: 'p' }));
    for (const vendor of ['anthropic', 'openai']) {
      const again = { vendor, pasted: content, vendorIsCertain: true };
      await promised('adding it twice', () => promises.addKey(context, again));
    }
    await promised('deleting the Default', () => promises.deleteKey(context, { keyId: other.keyId }));
    await seen('deleting it', keyturn.deleteKey(context, { keyId, successor: other.keyId }));
    await seen('reporting it', keyturn.reportLeak(context, { keyId, caseId: 'CASE-1' }));
    const emergency = { keyId: other.keyId, caseId: 'CASE-2', successor: keyId };
    await seen('hard-deleting', keyturn.hardDeleteKey(context, emergency));
    await seen('hard-deleting', keyturn.hardDeleteKey(context, { keyId: other.keyId, caseId: 'CASE-2' }));
    for (const leaked of [content, other.canary.content]) {
      await promised('adding a leaked key', () =>
        promises.addKey(context, { vendor: 'openai', pasted: leaked }),
      );
    }
    await seen('history', keyturn.history(context, {}));
  },
};

export const keyScenarios: ReadonlyArray<LibraryScenario> = [
  keysAsRequestIds,
  addEveryKind,
  badPastes,
  slowVendor,
  lifeOfAKey,
];
