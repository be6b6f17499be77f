import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { historiesOf } from './histories';
import { halfFiles } from './leakFiles';
import { leakOrdersFor } from './leakOrders';
import type { Memory } from './memory';
import { wordsAt, type Order } from './order';
import { ordersFor } from './orders';
import type { Place } from './place';
import { LEAK_CASE, type Prepared } from './prepared';
import type { Stage } from './stage';

const Status = t.type({
  keys: t.array(
    t.type({
      keyId: t.string,
      steps: t.array(t.type({ step: t.string, done: t.boolean })),
    }),
  ),
  closed: t.boolean,
});
type Key = t.TypeOf<typeof Status>['keys'][number];

/** What is done once of a key in a case, whoever was killed meanwhile. */
const ONCE: ReadonlyArray<string> = [
  'KeyReportedLeaked',
  'KeyLeakReportWithdrawn',
  'KeySuspended',
  'KeyRevocationRecorded',
  'LeakReviewed',
  'LeakCaseClosed',
  'KeyHardDeleted',
  'KeySecretDestroyed',
];

/** Told more than once of a key of the case. */
const toldTwice = async (place: Place): Promise<ReadonlyArray<string>> => {
  const { events = [] } = (await historiesOf(place)).get('wonka') ?? {};
  const told = new Map<string, number>();
  for (const { event, envelope } of events) {
    if (envelope.caseId !== LEAK_CASE || !ONCE.includes(event.type) || !('keyId' in event.data)) continue;
    const name = `${event.type} of ${event.data.keyId ?? ''}`;
    told.set(name, (told.get(name) ?? 0) + 1);
  }
  return [...told].flatMap(([name, times]) => (times > 1 ? [`${name} is told ${times} times`] : []));
};

/** Words that whoever was killed gives again as they were: what is so already is not told again. */
const GIVEN_AGAIN: ReadonlySet<string> = new Set([
  'report',
  'suspend',
  'withdraw',
  'exposure',
  'evidence',
  'certificate',
]);

/**
 * Goes on with the case that the command was killed in, by what `leak status` says is open, up to its close: it has to
 * come there, and to have told nothing twice. What that command was to write is written into another place.
 */
export const goOn = async (
  stage: Stage,
  place: Place,
  memory: Memory,
  keys: Prepared['keys'],
  again: () => Order,
): Promise<ReadonlyArray<string>> => {
  const leak = leakOrdersFor('wonka', LEAK_CASE, stage.sandbox, memory);
  const wonka = ordersFor('wonka', stage.sandbox, memory);
  const wrong: string[] = [];
  const ask = async (order: Order): Promise<string> => {
    const ended = await stage.steward.ask(wordsAt(place, order), order.input, place.vault.env);
    if (ended?.status !== 0)
      wrong.push(`\`${order.words.join(' ')}\` after a kill: ${ended?.stderr ?? 'killed'}`);
    return ended?.stdout ?? '';
  };
  const status = async (): Promise<t.TypeOf<typeof Status>> => {
    const read = Status.decode(JSON.parse(await ask(leak.status())));
    if (E.isLeft(read)) throw new Error('a status that is none');
    return read.right;
  };
  const isOpen = ({ steps }: Key, step: string): boolean =>
    steps.some((one) => one.step === step && !one.done);

  const killed = again();
  if (GIVEN_AGAIN.has(killed.words[1] ?? '')) await ask(killed);
  for (const key of (await status()).keys) {
    if (isOpen(key, 'revoke')) {
      const there = key.keyId === keys.leaked && killed.words.includes('--vendor-key');
      await ask(there ? killed : leak.revoked(key.keyId));
    }
    if (isOpen(key, 'successor')) await ask(wonka.setDefault(keys.fresh));
    if (isOpen(key, 'hard-delete')) await ask(wonka.hardDelete(key.keyId, keys.fresh, LEAK_CASE));
    if (isOpen(key, 'review')) await ask(leak.reviewed(key.keyId));
  }
  if (!(await status()).closed) await ask(leak.closeDone());
  if (!(await status()).closed) wrong.push(`${LEAK_CASE} does not come to its end after a kill`);
  return [...wrong, ...halfFiles(place), ...(await toldTwice(place))];
};
