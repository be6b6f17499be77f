import { expect, test } from '@jest/globals';
import * as TE from 'fp-ts/TaskEither';
import { newDeployment, type Deployment, type DeploymentKeys } from './deployment';
import { VaultFault } from './faults';
import { HeldKeys, type KeysAnew } from './heldKeys';
import { sealLogKeys, type LogKeys } from './logKeys';
import { deploymentKeys } from './testSupport/deploymentKeys';
import { faultOf, succeed } from './testSupport/outcomes';

const keysOf = (fill: number, logKeys: Partial<LogKeys> = {}): DeploymentKeys =>
  deploymentKeys({
    masterKeyId: Buffer.alloc(8, fill),
    logKeys: { number: 1, present: Buffer.alloc(32, fill), former: Buffer.alloc(32, fill), ...logKeys },
  });

/** Held keys, and all that lies in memory of them. */
const bytesOf = ({
  workspaceSealing,
  pepper,
  logKeySealing,
  logKeys,
}: DeploymentKeys): ReadonlyArray<Buffer> => [
  workspaceSealing,
  pepper,
  logKeySealing,
  logKeys.present,
  ...(logKeys.former === null ? [] : [logKeys.former]),
];

const isWiped = (keys: DeploymentKeys): boolean => bytesOf(keys).every((key) => key.equals(Buffer.alloc(32)));

/** The vault under the same master key, with these log keys. */
const stillWith = (keys: DeploymentKeys, logKeys: LogKeys): Deployment => ({
  ...newDeployment('d', Buffer.alloc(32, 9), { kind: 'file' }, 0),
  masterKeyId: keys.masterKeyId,
  rotation: { step: 'renewing', replacedId: Buffer.alloc(8) },
  logKeys: sealLogKeys(keys.logKeySealing, 'd', logKeys),
});

const logKey = (fill: number): Buffer => Buffer.alloc(32, fill);

test('keys that were wiped are given to nobody, and wiping them again is nothing', async () => {
  const keys = keysOf(1);
  const held = new HeldKeys(keys, () => TE.left(new VaultFault('unavailable', 'nobody asks')));
  expect(held.get()).toBe(keys);
  held.wipe();
  held.wipe();
  expect(isWiped(keys)).toBe(true);
  expect(() => held.get()).toThrow(
    expect.objectContaining({ code: 'unavailable', message: 'the vault was closed: open it again' }),
  );
  expect(await faultOf(held.refresh)).toBe('unavailable');
});

test('the same keys stay, others take their place, and those that went are wiped', async () => {
  const [first, second] = [keysOf(1), keysOf(2)];
  const asked: string[] = [];
  let anew: KeysAnew = { still: stillWith(first, { number: 1, present: logKey(1), former: null }) };
  const held = new HeldKeys(first, (heldId) => {
    asked.push(heldId.toString('hex'));
    return TE.right(anew);
  });
  await succeed(held.refresh);
  expect(held.get()).toEqual({ ...first, logKeys: { number: 1, present: logKey(1), former: null } });
  anew = { keys: second };
  await succeed(held.refresh);
  expect(held.get()).toEqual(second);
  expect([first, second].map(isWiped)).toEqual([true, false]);
  expect(asked).toEqual(['01'.repeat(8), '01'.repeat(8)]);
});

test('keys that come when the vault was closed meanwhile are wiped, and not held', async () => {
  const late = keysOf(2);
  const held: HeldKeys = new HeldKeys(keysOf(1), () =>
    TE.fromIO<KeysAnew, VaultFault>(() => {
      held.wipe();
      return { keys: late };
    }),
  );
  expect(await faultOf(held.refresh)).toBe('unavailable');
  expect(isWiped(late)).toBe(true);
  expect(() => held.get()).toThrow('the vault was closed');
});

test('log keys are read again under the same master key, and their number never falls', async () => {
  const first = keysOf(1);
  let still = stillWith(first, { number: 2, present: logKey(2), former: logKey(1) });
  const held = new HeldKeys(first, () => TE.right({ still }));
  await succeed(held.refresh);
  const [one, two] = [first.logKeys, held.get().logKeys];
  expect(two).toEqual({ number: 2, present: logKey(2), former: logKey(1) });
  expect([one.present, one.former]).toEqual([logKey(0), logKey(0)]);
  // A reading that another one has overtaken.
  still = stillWith(first, { number: 1, present: logKey(1), former: null });
  await succeed(held.refresh);
  expect(held.get().logKeys).toBe(two);
  still = stillWith(first, { number: 2, present: logKey(2), former: null });
  await succeed(held.refresh);
  expect(held.get().logKeys).toEqual({ number: 2, present: logKey(2), former: null });
  expect([two.present, two.former]).toEqual([logKey(0), logKey(0)]);
});

test('log keys that do not open are a fault, and those held stay', async () => {
  const first = keysOf(1);
  const still = { ...stillWith(first, first.logKeys), deploymentId: 'another' };
  const held = new HeldKeys(first, () => TE.right({ still }));
  expect(await faultOf(held.refresh)).toBe('tampered');
  expect(held.get()).toBe(first);
  expect(isWiped(first)).toBe(false);
});
