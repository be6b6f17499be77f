import { expect, test } from '@jest/globals';
import * as TE from 'fp-ts/TaskEither';
import type { DeploymentKeys } from './deployment';
import type { VaultFault } from './faults';
import { HeldKeys } from './heldKeys';
import { faultOf, succeed } from './testSupport/outcomes';

const keysOf = (fill: number): DeploymentKeys => ({
  deploymentId: 'd',
  masterKeyId: Buffer.alloc(8, fill),
  workspaceSealing: Buffer.alloc(32, fill),
  pepper: Buffer.alloc(32, fill),
});

const isWiped = ({ workspaceSealing, pepper }: DeploymentKeys): boolean =>
  [workspaceSealing, pepper].every((key) => key.equals(Buffer.alloc(32)));

test('keys that were wiped are given to nobody, and wiping them again is nothing', async () => {
  const keys = keysOf(1);
  const held = new HeldKeys(keys, () => TE.right(null));
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
  let anew: DeploymentKeys | null = null;
  const held = new HeldKeys(first, (heldId) => {
    asked.push(heldId.toString('hex'));
    return TE.right(anew);
  });
  await succeed(held.refresh);
  expect(held.get()).toBe(first);
  expect(isWiped(first)).toBe(false);
  anew = second;
  await succeed(held.refresh);
  expect(held.get()).toBe(second);
  expect([first, second].map(isWiped)).toEqual([true, false]);
  await succeed(held.refresh);
  expect(asked).toEqual(['01'.repeat(8), '01'.repeat(8), '02'.repeat(8)]);
});

test('keys that come when the vault was closed meanwhile are wiped, and not held', async () => {
  const late = keysOf(2);
  const held: HeldKeys = new HeldKeys(keysOf(1), () =>
    TE.fromIO<DeploymentKeys, VaultFault>(() => {
      held.wipe();
      return late;
    }),
  );
  expect(await faultOf(held.refresh)).toBe('unavailable');
  expect(isWiped(late)).toBe(true);
  expect(() => held.get()).toThrow('the vault was closed');
});
