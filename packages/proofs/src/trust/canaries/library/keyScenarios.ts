import { bytesOf } from '@keyturn/testbed';
import { isLeft } from 'fp-ts/Either';
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
  play: async ({ ctx, keyturn, round, seen }) => {
    for (let n = 0; n < 12; n += 1) {
      const vendor = anyVendor(round.random);
      const { content } = round.canary();
      const text = anyPaste(round.random, content);
      const pasted = round.random.chance(0.3) ? bytesOf(text) : text;
      const clean = round.random.chance(0.3);
      await seen('a paste', () => keyturn.keys.add(ctx, { vendor, pasted, clean }));
    }
  },
};

/** Below the door, where a prober can be told to have little patience. */
const slowVendor: LibraryScenario = {
  name: 'a vendor that does not answer in time',
  play: async ({ ctx, round, seen, service }) => {
    const impatient = service();
    const vendor = anyVendor(round.random);
    const pasted = round.keyOf(vendor, 'held').content;
    const added = await seen(
      'adding a key',
      impatient.addKey(ctx, { vendor, pasted, vendorIsCertain: true }),
    );
    if (added === null || isLeft(added)) return;
    await seen('testing it', impatient.validateKey(ctx, { keyId: added.right.key.keyId }));
  },
};

const lifeOfAKey: LibraryScenario = {
  name: 'a key from its adding to its end, and again',
  play: async ({ add, ctx, keyturn: { history, keys, support }, round, seen }) => {
    const [first, second] = [await add({ behaviour: 'valid' }), await add({ behaviour: 'valid' })];
    if (first === null || second === null) return;
    const [{ keyId, canary }, other] = [first, second];
    const { content } = canary;
    round.sandbox.setBehaviour(content, round.random.pick(['echoes-key', 'leaked', 'valid', 'unfunded']));
    await seen('testing it', () => keys.validate(ctx, { keyId }));
    await seen('Default', () => keys.setDefault(ctx, { keyId: other.keyId }));
    await seen('Default of a project', () => keys.setDefault(ctx, { keyId: other.keyId, projectId: 'p' }));
    await seen('what a delete would do', () => keys.delete(ctx, { keyId }, { dryRun: true }));
    for (const vendor of ['anthropic', 'openai']) {
      const again = { vendor, pasted: content, vendorIsCertain: true };
      await seen('adding it twice', () => keys.add(ctx, again));
      await seen('what adding it twice would do', () => keys.add(ctx, again, { dryRun: true }));
    }
    await seen('deleting the Default', () => keys.delete(ctx, { keyId: other.keyId }));
    await seen('deleting it', () => keys.delete(ctx, { keyId, successor: other.keyId }));
    await seen('reporting it', () => support.report(ctx, { keyId, caseId: 'CASE-1' }));
    const emergency = { keyId: other.keyId, caseId: 'CASE-2' };
    await seen('hard-deleting', () => keys.hardDelete(ctx, { ...emergency, successor: keyId }));
    await seen('hard-deleting', () => keys.hardDelete(ctx, emergency));
    for (const leaked of [content, other.canary.content]) {
      await seen('adding a leaked key', () => keys.add(ctx, { vendor: 'openai', pasted: leaked }));
    }
    await seen('the list', () => keys.list(ctx));
    await seen('history', () => history.at(ctx));
  },
};

export const keyScenarios: ReadonlyArray<LibraryScenario> = [
  keysAsRequestIds,
  addEveryKind,
  badPastes,
  slowVendor,
  lifeOfAKey,
];
