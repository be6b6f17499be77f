import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import { marksOf, masterKeyRecord, unlock, type MasterKeyRecord } from './deployment';
import { fingerprintOf } from './fingerprint';
import { openDataKey, openSecret, openWorkspaceKey } from './hierarchy';
import { keyIdOf } from './mac';
import type { KeyBinding } from './vault';

// Rows as the first release stored them: they open for ever. A change of what a box is bound to would still seal and
// open with itself, and shut every vault there is.

const master = Buffer.alloc(32, 1);
const pepper = Buffer.alloc(32, 2);
const logKeys = { number: 1, present: Buffer.alloc(32, 3), former: null };
const rotations = { number: 0, renewedIn: 0 };
const proof = 'erased';
const deploymentId = 'deployment-1';
const text = 'no-vendor-key-at-all';

const stored = {
  masterKeyId: '45609ca95b1eea17',
  masterCheck:
    'AQF80Yenw806RfdO6eDyfZm3iDoX9yPfA5admVXNl8UJxM2lXm2ovp4PCftxD3WJH/8jFlXNYXe9IDqo7Y/9SUL5' +
    'vm76/sHRe7ASN4RpCuAaz3F77o2+PcrkLqf5RSGngUaDrA==',
  masterCheckOfRow:
    'AQF80Yenw806Re76F1O5HzLP7pv3dw61oMTCdlzqtJNYtZwN1LUBOixhtPzxSHMizCV39HAXVKdyQl7QNkam9pRA' +
    'LESyA6Ts7JhKuy4o3MRBF/t1kv5V5vcPhh7yJqgtUCDMLA==',
  sealedPepper:
    'AQHBt8XqOj8lKnZCqF6MJoVzYg6ZEjaPCGaq3BuXSiIpqyyD9b4kLjzAY/Mno2yBhGoz4N1gc6Kb09J4MMnQuiu4' +
    'bKWuA8kRk8omYf2wOi0/vWZ1QKOhlK50zwj7rRz5wR3IylpEfKgidezI+sP+KgZG',
  logKey:
    'AQGry3YttB87LlQ/60kTkanchsYoMu3yQ0iSv0fJA9TlKPdXU+wwIYdcHPo9yypJiKaLnhUFNQulkk03Ojb02cBUkg' +
    'EEZRL7hDxWqa6PHx4cYR47F8DWTnAVZIzhSR7N75EaQYjRqOV2zRO+xfP/k3/v',
  workspaceKey:
    'AQEtaOz3W/apAZrbzRQk8ECadsGa830rEDYMIIWuxWHi1+6F93N5UP5cbHNfOORhUZHebYVagUtUDTp3EdWqCsEG' +
    'b3Qo4UgbkbSdMdy1n99QnO9cHgPGl2oWelSdYtQT+JUKQtRlcm8Or3z/rajI8zC+',
  dataKey:
    'AQE3bMc9Up5TY4hxLbdSQItEnwgKNofyn/kgadYKqUKIaVt/YSSEamFpqtQC9XlRaqVLBKE1lyjDUOw54+IVPJBx' +
    'nzs54iue0zPGVP0erV9Q+uMe9RM0RmHlmEr9DcBmJPsnkV/CcYiDUvUlkTB8evqN',
  secret:
    'AQHIfv5yGzIh0nfZTYI/drU+ML1QGiqqX90ZibCd0ol/Wba4CN+beZHa8IGl4ZMYrfbuEyWGap1G/ts9Joj25sGT' +
    'aWKJYEjapiNkIaBE13puTp67nUHGqvXFzAclAe5VhawdnDld7cTE1S0sGaeMpbi6Xo/5Vn0CWLgIad1qk/jXdkzg' +
    'aoqqHBvJmZyzQHEw2NQThzMA41emYVfvUEPHEXYGeNswvJKHy24qlL6wDFciVZLc1OXMyD4EMgY6UoR/cCnpDMB6' +
    '7+zDtz8Ld7WJnCGfjRIreQcmc6lsO26f3Ua1sB1VmSfu73dVc5TMwJqLjYN7HYfuS9bqizQNatIfF//+bxH5ww1C' +
    'byZuJvx7bYRiacikHkN09g2lafDGTq81IMjRlef96WjSKnQ1ti2PPVQ0IHNhz69GwYXq0h3mzm+Jrp8jdxHLBNIR' +
    '7gZ52KO9lkY=',
};
const bytes = (name: keyof typeof stored): Buffer =>
  Buffer.from(stored[name], name === 'masterKeyId' ? 'hex' : 'base64');

const record: MasterKeyRecord = {
  masterKey: { kind: 'file' },
  masterKeyId: bytes('masterKeyId'),
  masterCheck: bytes('masterCheck'),
  sealedPepper: bytes('sealedPepper'),
  logKeys: { number: 1, sealed: bytes('logKey'), sealedFormer: null },
  rotations,
};
const binding: KeyBinding = {
  workspaceId: 'acme',
  keyId: 'key-1',
  vendor: 'openai',
  endpoint: 'https://example.test',
  fingerprint: 'AVfWvy_w9tRJm9_Sgflo5pvhxRsWrKMIa5Y3aaPvLLt-rgwhRKTTvXs',
};

const given = { keys: [master], holder: 'the test holds' };
const wrong = (): string => 'wrong';

const opened = () => {
  const keys = unlock({ deploymentId, proof }, record, given, wrong);
  if (E.isLeft(keys)) throw keys.left;
  return keys.right;
};

describe('what the first release stored', () => {
  test('its master key is known, and gives its pepper', () => {
    expect(opened()).toMatchObject({
      deploymentId,
      masterKeyId: keyIdOf(master),
      pepper,
      logKeys,
      rotations,
    });
    expect(fingerprintOf(pepper, binding.workspaceId, Buffer.from(text))).toBe(binding.fingerprint);
  });

  test('its master key knows what a shred has to show', () => {
    const provingRow = { ...record, masterCheck: bytes('masterCheckOfRow') };
    const proofs = (['erased', 'row'] as const).flatMap((as) =>
      [record, provingRow].map((each) => E.isRight(unlock({ deploymentId, proof: as }, each, given, wrong))),
    );
    expect(proofs).toEqual([true, false, false, true]);
  });

  test('its keys and its secret open, one with the other', () => {
    const workspaceKey = openWorkspaceKey(
      opened().workspaceSealing,
      { deploymentId, workspaceId: 'acme', sealedIn: 0, madeIn: 0 },
      bytes('workspaceKey'),
    );
    if (workspaceKey === null) throw new Error('the workspace’s key does not open');
    const dataKey = openDataKey(workspaceKey, deploymentId, binding, bytes('dataKey'));
    if (dataKey === null) throw new Error('the data key does not open');
    const secret = openSecret(dataKey, deploymentId, binding, bytes('secret'), (found) =>
      Buffer.from(found).toString(),
    );
    expect(secret).toBe(text);
  });

  test('files are searched for the boxes of its master key by the same marks', () => {
    expect(marksOf(master).map((mark) => mark.toString('hex'))).toEqual([
      '7cd187a7c3cd3a45',
      'c1b7c5ea3a3f252a',
      '2d68ecf75bf6a901',
      'abcb762db41f3b2e',
    ]);
  });
});

describe('what is found wrong in the record of a master key', () => {
  const verdict = (altered: Partial<MasterKeyRecord>, keys: ReadonlyArray<Buffer> = [master]): string => {
    const outcome = unlock({ deploymentId, proof }, { ...record, ...altered }, { ...given, keys }, wrong);
    return E.isLeft(outcome) ? `${outcome.left.code}: ${outcome.left.message}` : 'opens';
  };
  const numbered = { rotations: { number: 1, renewedIn: 0 } };
  const another = masterKeyRecord(
    deploymentId,
    Buffer.alloc(32, 9),
    { kind: 'file' },
    { pepper, logKeys, rotations, proof },
  );

  test('nothing', () => {
    expect(verdict({})).toBe('opens');
    expect(verdict({}, [Buffer.alloc(32, 9), master])).toBe('opens');
  });

  test('another key: the words of whoever asked', () => {
    expect(verdict({}, [Buffer.alloc(32, 9)])).toBe('master-key-wrong: wrong');
    expect(verdict({}, [])).toBe('master-key-wrong: wrong');
  });

  test('an altered id, or an altered check: damaged, not another key', () => {
    expect(verdict({ masterKeyId: Buffer.alloc(8) })).toContain("tampered: the vault's check value");
    expect(verdict({ masterCheck: Buffer.alloc(100) })).toContain("tampered: the vault's check value");
    expect(verdict(numbered)).toContain("tampered: the vault's check value");
    expect(verdict({ rotations: { number: 0, renewedIn: 1 } })).toContain(
      "tampered: the vault's check value",
    );
    expect(verdict({ masterCheck: another.masterCheck })).toContain("tampered: the vault's check value");
  });

  test('an altered pepper', () => {
    expect(verdict({ sealedPepper: Buffer.alloc(100) })).toContain("tampered: the vault's pepper");
    expect(verdict({ sealedPepper: another.sealedPepper })).toContain("tampered: the vault's pepper");
    const short = masterKeyRecord(
      deploymentId,
      master,
      { kind: 'file' },
      {
        pepper: Buffer.alloc(31, 2),
        logKeys,
        rotations,
        proof,
      },
    );
    expect(verdict({ sealedPepper: short.sealedPepper })).toContain("tampered: the vault's pepper");
  });

  test('an altered log key, one under another number, and one that is no key', () => {
    const others = (altered: Partial<MasterKeyRecord['logKeys']>) =>
      verdict({ logKeys: { ...record.logKeys, ...altered } });
    expect(others({ sealed: Buffer.alloc(100) })).toContain("tampered: the vault's log key");
    expect(others({ number: 2 })).toContain("tampered: the vault's check value");
    expect(others({ sealedFormer: record.logKeys.sealed })).toContain("tampered: the vault's log key");
    const short = masterKeyRecord(
      deploymentId,
      master,
      { kind: 'file' },
      {
        pepper,
        logKeys: { ...logKeys, present: Buffer.alloc(31, 3) },
        rotations,
        proof,
      },
    );
    expect(verdict({ logKeys: short.logKeys })).toContain("tampered: the vault's log key");
  });
});
