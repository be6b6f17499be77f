import { describe, expect, test } from '@jest/globals';
import type * as t from 'io-ts';
import * as rows from './rows';

const bytes = Buffer.alloc(4);
const key = {
  master_key_id: bytes,
  master_check: bytes,
  sealed_pepper: bytes,
  log_key_number: 1,
  sealed_log_key: bytes,
  sealed_former_log_key: null,
  rotation_number: 1,
  renewed_in: 0,
};
const stored = { made_in: 0, sealed: bytes, successor: null, rotation_step: null };
const witness = { witness_revision: 1, witness_chain: bytes, witness_mac: bytes };
const file = { ...key, master_key_kind: 'file' };
const passphrase = {
  ...key,
  master_key_kind: 'passphrase',
  argon2_memory_kib: 1,
  argon2_passes: 1,
  argon2_lanes: 1,
  argon2_salt: bytes,
};
const deployment = { deployment_id: 'd', created_at: 1 };

describe.each<[string, t.Decoder<unknown, unknown>, Readonly<Record<string, unknown>>]>([
  ['a sealed value', rows.SealedBlob, { sealed: bytes }],
  ['a data key', rows.DataKeyRow, { data_key_id: bytes, sealed: bytes }],
  [
    'a secret',
    rows.SecretRow,
    { fingerprint: 'f', state: 'live', named: 0, data_key_id: bytes, sealed: bytes },
  ],
  ['a state', rows.StateRow, { state: 'frozen', data_key_id: bytes }],
  ['a key’s id', rows.KeyIdRow, { key_id: 'k' }],
  ['a workspace’s id', rows.WorkspaceIdRow, { workspace_id: 'w' }],
  [
    'a listed row',
    rows.ListedRow,
    { key_id: 'k', state: 'data-key-only', created_at: 1, frozen_at: null, named: 1 },
  ],
  ['a listed data key', rows.ListedDataKeyRow, { key_id: 'k', created_at: 1 }],
  ['a pairing', rows.PairingRow, { store_id: 's', high_water: '12' }],
  ['a deployment’s id', rows.DeploymentIdRow, { deployment_id: 'd' }],
  ['a format', rows.FormatRow, { format: 1, deployment_id: 'd' }],
  ['a deployment with a key file', rows.DeploymentRow, { ...deployment, ...file }],
  ['a deployment with a passphrase', rows.DeploymentRow, { ...deployment, ...passphrase }],
  ['a rotation to a key file', rows.RotationRow, { step: 'resealing', ...file }],
  ['a rotation to a passphrase', rows.RotationRow, { step: 'resealing', ...passphrase }],
  ['a rotation that renews', rows.RotationRow, { step: 'renewing', replaced_id: bytes }],
  ['a rotation that erases', rows.RotationRow, { step: 'erasing', replaced_id: bytes }],
  ['a workspace’s key', rows.StoredWorkspaceKeyRow, { ...stored, ...witness }],
  [
    'a workspace’s key without a witness',
    rows.StoredWorkspaceKeyRow,
    { ...stored, witness_revision: null, witness_chain: null, witness_mac: null },
  ],
  [
    'a workspace’s key among others',
    rows.NamedWorkspaceKeyRow,
    { workspace_id: 'w', ...stored, successor: bytes, rotation_step: 'renewing', ...witness },
  ],
  [
    'a rotated workspace’s key',
    rows.RotatedWorkspaceKeyRow,
    { workspace_id: 'w', made_in: 0, sealed: bytes, resealed: null, successor: bytes },
  ],
  ['a rotated data key', rows.RotatedDataKeyRow, { data_key_id: bytes, key_id: 'k', sealed: bytes }],
  ['a count', rows.CountRow, { count: 3 }],
])('%s', (_, codec, row) => {
  test('is read', () => {
    expect(rows.decodeRow(codec, row, 'a file')).toEqual(row);
    expect(rows.decodeOnlyRow(codec, [row], 'a file')).toEqual(row);
    expect(rows.decodeRows(codec, [row, row], 'a file')).toEqual([row, row]);
  });

  test.each(Object.keys(row))('without its %s, or with another kind of it, was tampered with', (member) => {
    const { [member]: gone, ...rest } = row;
    expect(gone).toBeDefined();
    for (const spoilt of [rest, { ...rest, [member]: true }, { ...rest, [member]: undefined }]) {
      expect(() => rows.decodeRow(codec, spoilt, 'a file')).toThrow(
        expect.objectContaining({
          code: 'tampered',
          message: 'a file: a row is not of its shape: restore the vault from a backup',
        }),
      );
    }
  });
});

test('no row is none, where there may be none', () => {
  expect(rows.decodeRow(rows.CountRow, undefined, 'a file')).toBeNull();
  expect(rows.decodeRows(rows.CountRow, [], 'a file')).toEqual([]);
  expect(() => rows.decodeOnlyRow(rows.CountRow, [], 'a file')).toThrow('a row is not of its shape');
});
