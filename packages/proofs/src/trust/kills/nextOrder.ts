import { isOnFile, type KeyEntry, type Keyring } from '@keyturn/domain';
import type { VendorSandbox } from '@keyturn/vendors/sandbox';
import { leakOrdersFor } from './leakOrders';
import type { Memory } from './memory';
import { rebuild, type Order } from './order';
import { ordersFor, VENDORS } from './orders';
import type { Place } from './place';
import type { Random } from './random';

const WORKSPACES = ['acme', 'globex', 'initech'];
const PROJECTS = ['docs', 'site'];
/** Few of them: each is one more row to check. */
const MOST_KEYS = 6;

/** An owner who left comes back under another name. */
const openName = (name: string, keyrings: ReadonlyMap<string, Keyring>): string => {
  const { closed = null } = keyrings.get(name) ?? {};
  return closed === null ? name : openName(`${name}-again`, keyrings);
};

const idsOf = (keys: ReadonlyArray<KeyEntry>): ReadonlyArray<string> => keys.map(({ keyId }) => keyId);

/** What somebody might do next, as far as is known of the keyrings. Rules may say no to it. */
export const nextOrder = (
  random: Random,
  keyrings: ReadonlyMap<string, Keyring>,
  sandbox: VendorSandbox,
  memory: Memory,
  place: Place,
): Order => {
  const workspaceId = openName(random.pick(WORKSPACES), keyrings);
  const orders = ordersFor(workspaceId, sandbox, memory);
  const keyring = keyrings.get(workspaceId);
  const keys = [...(keyring?.keys.values() ?? [])];
  const onFile = idsOf(keys.filter(isOnFile));
  const runs = [...(keyring?.openPins.keys() ?? [])];
  const newRun = (): string => `run-${memory.nextNumber()}`;
  const project = (): ReadonlyArray<string> =>
    random.chance(0.3) ? ['--project', random.pick(PROJECTS)] : [];
  const add = (): Order =>
    orders.add(
      random.pick(VENDORS),
      random.pick(['valid', 'valid', 'valid', 'valid', 'rejected', 'garbage']),
    );
  if (onFile.length === 0) return add();

  const one = (): string => random.pick(onFile);
  const other = (keyId: string): string | undefined => {
    const others = onFile.filter((id) => id !== keyId);
    return others.length === 0 ? undefined : random.pick(others);
  };
  const leaving = (): Order => {
    const keyId = one();
    return random.chance(0.5) ? orders.delete(keyId, other(keyId)) : orders.hardDelete(keyId, other(keyId));
  };
  const leak = leakOrdersFor(workspaceId, 'CASE-2', sandbox, memory);
  const any = (): string => random.pick(idsOf(keys));
  const ofALeak = (): Order =>
    random.pick([
      () => leak.report(any()),
      () => leak.report(any()),
      () => leak.withdraw(any()),
      () => leak.suspend(one()),
      () => leak.reinstate(one()),
      () => leak.check(any()),
      () => leak.revoked(any()),
      () => leak.reviewed(any()),
      () => leak.close(),
      () => leak.evidence(place),
    ])();
  const pastedBefore = memory.secretsOf(workspaceId);
  const choices: ReadonlyArray<() => Order> = [
    onFile.length < MOST_KEYS ? add : leaving,
    add,
    leaving,
    leaving,
    () => {
      const { vendor, secret } = random.pick(pastedBefore);
      return orders.paste(vendor, secret);
    },
    () => orders.validate(one()),
    () => orders.setDefault(one()),
    () => orders.setDefault(one(), random.pick(PROJECTS)),
    () => orders.clearDefault(random.pick(PROJECTS)),
    () => orders.start(newRun(), project()),
    () => orders.start(newRun(), ['--lease', '1']),
    () => orders.start(newRun(), ['--key', one()]),
    () => orders.exec('start', newRun(), place, project()),
    ...(runs.length === 0
      ? []
      : [
          () => orders.finish(random.pick(runs)),
          () => orders.finish(random.pick(runs)),
          () => orders.resume(random.pick(runs)),
          () => orders.exec('resume', random.pick(runs), place),
        ]),
    ofALeak,
    ofALeak,
    () => (random.chance(0.3) ? orders.close() : orders.list()),
    () => ({ workspaceId, words: ['sweep'] }),
    () =>
      random.chance(0.3) ? rebuild(random.pick(['key-list', 'run-usage', 'audit-log'])) : orders.audit(),
  ];
  return random.pick(choices)();
};
