import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import { masterKeyRecord, newDeployment, openDeployment, wipeKeys, type Deployment } from './deployment';
import { newLogKeys } from './logKeys';
import { keyIdOf } from './mac';

const [present, coming, stranger] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2), Buffer.alloc(32, 3)] as const;
const id = (key: Buffer): string => keyIdOf(key).toString('hex');

const settled = newDeployment('d', present, { kind: 'file' }, 7);
const rotating: Deployment = {
  ...settled,
  rotation: {
    step: 'resealing',
    coming: masterKeyRecord(
      'd',
      coming,
      { kind: 'file' },
      {
        pepper: Buffer.alloc(32),
        logKeys: newLogKeys(),
        rotations: { number: 1, renewedIn: 0 },
        proof: 'erased',
      },
    ),
  },
};
const renewing: Deployment = {
  ...settled,
  rotation: { step: 'renewing', replacedId: keyIdOf(stranger) },
};

const faultWith = (deployment: Deployment, ...keys: ReadonlyArray<Buffer>): string => {
  const opened = openDeployment(deployment, { keys, holder: '/keys holds' });
  return E.isLeft(opened) ? `${opened.left.code}: ${opened.left.message}` : 'opens';
};

describe('a master key that does not open the vault', () => {
  test('is named, and so is the one that would', () => {
    expect(faultWith(settled, stranger)).toContain(
      `master-key-wrong: this vault was sealed with master key ${id(present)}, and /keys holds ${id(stranger)}: give`,
    );
    expect(faultWith(settled, stranger, coming)).toContain(
      `/keys holds ${id(stranger)} and ${id(coming)}: give`,
    );
  });

  test('while a rotation is under way, and it is the coming one: the present one is asked for', () => {
    const asked = `from ${id(present)} to ${id(coming)}`;
    expect(faultWith(rotating, coming)).toContain(asked);
    expect(faultWith(rotating, stranger, coming)).toContain(asked);
    expect(faultWith(rotating, stranger)).not.toContain(asked);
    expect(faultWith(settled, coming)).not.toContain(asked);
    expect(faultWith(renewing, stranger)).toContain('this vault was sealed with master key');
  });

  test('never stands in the way of the one that does', () => {
    expect(faultWith(settled, stranger, present)).toBe('opens');
    expect(faultWith(rotating, coming, present)).toBe('opens');
  });
});

test('a new vault is its own: when it was made, no rotation, a pepper of its own', () => {
  const another = newDeployment('d', present, { kind: 'file' }, 8);
  expect(settled).toMatchObject({
    deploymentId: 'd',
    createdAt: 7,
    rotation: null,
    masterKey: { kind: 'file' },
  });
  const peppers = [settled, another].map((deployment) => {
    const opened = openDeployment(deployment, { keys: [present], holder: 'x' });
    if (E.isLeft(opened)) throw opened.left;
    return opened.right;
  });
  expect(peppers[0]?.logKeys).toMatchObject({ number: 1, former: null });
  expect(peppers[0]?.logKeys.present).not.toEqual(peppers[1]?.logKeys.present);
  expect(peppers[0]?.pepper).toHaveLength(32);
  expect(peppers[0]?.pepper.equals(peppers[1]?.pepper ?? Buffer.alloc(0))).toBe(false);
  peppers.forEach(wipeKeys);
  expect(
    peppers.every(({ pepper, workspaceSealing, logKeySealing, logKeys }) =>
      [...pepper, ...workspaceSealing, ...logKeySealing, ...logKeys.present].every((b) => b === 0),
    ),
  ).toBe(true);
});
