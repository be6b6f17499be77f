import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf, leakOrdersFor } from './leakOrders';
import { Memory } from './memory';
import { wordsAt, type Order } from './order';
import { ordersFor } from './orders';
import { keptPlace, type KeptPlace, type Place } from './place';
import { done, type Stage } from './stage';
import { noteSealed } from './vaultRows';

/** The case that is open in what is prepared. */
export const LEAK_CASE = 'SR-9';

/** A place in which every command has something to do, and who is who in it. */
export interface Prepared {
  readonly place: KeptPlace;
  readonly memory: Memory;
  /** Active keys of acme: its Default, that of a project and of an open run, one without any use, one that failed. */
  readonly keys: Readonly<Record<'main' | 'docs' | 'spare' | 'failed' | 'retired', string>> & LeakyKeys;
}

/** Of the workspace wonka: one that is reported under the case, its successor, and one that is destroyed. */
type LeakyKeys = Readonly<Record<'leaked' | 'fresh' | 'gone', string>> & {
  /** The reported one's id in its vendor's list. */
  readonly leakedAtVendor: string;
};

const Added = t.type({ key: t.type({ keyId: t.string }) });

const keyIdIn = (stdout: string): string => {
  const added = Added.decode(JSON.parse(stdout));
  if (E.isLeft(added)) throw new Error('an add without its key');
  return added.right.key.keyId;
};

const Listed = t.type({ keys: t.array(t.type({ vendorKeyId: t.string })) });

/** What the vendor's list has: it is told with a refusal, since nobody says yes to it. */
const listedIn = async (stage: Stage, place: Place, order: Order): Promise<string> => {
  const ended = await stage.steward.ask(wordsAt(place, order), order.input, place.vault.env);
  const listed = Listed.decode(JSON.parse(ended?.stdout ?? 'null'));
  const [first] = E.isRight(listed) ? listed.right.keys : [];
  if (first === undefined)
    throw new Error(`${order.words.join(' ')}: no key is listed: ${ended?.stderr ?? 'killed'}`);
  return first.vendorKeyId;
};

const prepareLeak = async (stage: Stage, place: Place, memory: Memory): Promise<LeakyKeys> => {
  const wonka = ordersFor('wonka', stage.sandbox, memory);
  const leak = leakOrdersFor('wonka', LEAK_CASE, stage.sandbox, memory);
  const run = (order: Order): Promise<string> => done(stage, place, memory, order);
  const leaked = keyIdIn(await run(wonka.add()));
  const fresh = keyIdIn(await run(wonka.add()));
  const gone = keyIdIn(await run(wonka.add()));
  await run(wonka.hardDelete(gone));
  await run(leak.report(leaked));
  return { leaked, fresh, gone, leakedAtVendor: await listedIn(stage, place, leak.listAtVendor(leaked)) };
};

/** Run `run-main` holds the Default, `run-docs` the project's, `run-retired` a key that is to go with it. */
export const prepare = async (stage: Stage): Promise<Prepared> => {
  const place = await stage.initial.copy();
  const memory = new Memory();
  const acme = ordersFor('acme', stage.sandbox, memory);
  const run = (order: Order): Promise<string> => done(stage, place, memory, order);
  const add = async (order: Order): Promise<string> => keyIdIn(await run(order));
  const keys = {
    main: await add(acme.add()),
    docs: await add(acme.add('openai')),
    spare: await add(acme.add()),
    failed: await add(acme.add('anthropic', 'rejected')),
    retired: await add(acme.add('openai')),
  };
  await run(acme.setDefault(keys.docs, 'docs'));
  await run(acme.start('run-main'));
  await run(acme.start('run-docs', ['--project', 'docs']));
  await run(acme.start('run-retired', ['--key', keys.retired]));
  await run(acme.delete(keys.retired));
  const leaky = await prepareLeak(stage, place, memory);
  await run(ordersFor('globex', stage.sandbox, memory).add());
  await noteSealed(place, memory);
  return { place: await keptPlace(place), memory, keys: { ...keys, ...leaky } };
};

/** The names of an order's writes, in their order: it is done once, on a copy. */
export const writesOf = async (stage: Stage, copy: Place, order: Order): Promise<ReadonlyArray<string>> => {
  const points = join(copy.directory, 'points');
  try {
    await stage.steward.ask(wordsAt(copy, order), order.input, {
      ...copy.vault.env,
      TRUST_POINTS: points,
      TRUST_FILES: filesOf(copy),
    });
    return readFileSync(points, 'utf8').split('\n').slice(0, -1);
  } catch (error) {
    // By shape: an error of the file system is none of this realm's.
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
};

/** Does an order in a process that is killed before the first write whose name has this in it. */
export const killedAt = async (
  stage: Stage,
  place: Place,
  memory: Memory,
  order: Order,
  name: string,
): Promise<void> => {
  const { ended } = stage.start(place, order, { TRUST_KILL_BEFORE: name });
  const { status } = await ended;
  if (status !== null) throw new Error(`${order.words.join(' ')} was not killed before ${name}`);
  await noteSealed(place, memory);
};

/**
 * The same with everything that a sweep repairs: an orphan, a frozen row, an undestroyed secret, an untested key, a
 * lapsed run.
 */
export const breakDown = async (stage: Stage, prepared: Prepared): Promise<Prepared> => {
  const place = await prepared.place.copy();
  const memory = prepared.memory.copy();
  const acme = ordersFor('acme', stage.sandbox, memory);
  const globex = ordersFor('globex', stage.sandbox, memory);
  const { main, docs, spare } = prepared.keys;
  await killedAt(stage, place, memory, acme.add(), 'KeyAdded');
  await killedAt(stage, place, memory, globex.add(), 'KeyTestCallStarted');
  await killedAt(stage, place, memory, acme.hardDelete(spare), 'delete data_keys');
  await killedAt(stage, place, memory, acme.hardDelete(docs, main), 'KeyHardDeleted');
  // The last one: another command of the workspace might end it.
  await done(stage, place, memory, globex.start('run-lapsed', ['--lease', '1']));
  return { ...prepared, place: await keptPlace(place), memory };
};
