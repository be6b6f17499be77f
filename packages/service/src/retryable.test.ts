import { describe, expect, test } from '@jest/globals';
import { StoreFault, type StoreFaultCode } from '@keyturn/event-store';
import { VaultFault, type VaultFaultCode } from '@keyturn/vault';
import { ServiceFault, type Fault, type ServiceFaultCode } from './failure';
import { isRetryable } from './retryable';

const store = (code: StoreFaultCode): Fault => new StoreFault(code, 'Told.');
const vault = (code: VaultFaultCode): Fault => new VaultFault(code, 'Told.');
const service = (code: ServiceFaultCode): Fault => new ServiceFault(code, 'Told.');

describe('a fault after which the same call may succeed', () => {
  test.each([
    ['the store is away', store('unavailable')],
    ['the store gave no answer', store('outcome-unknown')],
    ['the vault is away', vault('unavailable')],
    ['a hard delete is under way', vault('frozen')],
    ['a release came too late', vault('release-too-late')],
    ['a shred was not finished', vault('shred-incomplete')],
    ['a rotation was not finished', vault('rotation-incomplete')],
    ['others kept changing the keyring', service('contention')],
    ['the hook failed', service('authorisation-failed')],
  ])('%s', (_, fault) => {
    expect(isRetryable(fault)).toBe(true);
  });
});

describe('a fault that somebody has to see to first, or wanted', () => {
  test.each([
    ['too large', store('too-large')],
    ['a full disk', store('not-writable')],
    ['a damaged store', store('corrupt')],
    ['a deleted stream', store('stream-deleted')],
    ['a call that no store takes', store('invalid-argument')],
    ['no access', store('access-denied')],
    ['closed', store('closed')],
    ['no vault', vault('not-initialised')],
    ['a vault is there', vault('already-initialised')],
    ['no master key', vault('master-key-missing')],
    ['another master key', vault('master-key-wrong')],
    ['a master key for everyone', vault('master-key-exposed')],
    ['an altered row', vault('tampered')],
    ['no row', vault('missing-secret')],
    ['a row too many', vault('duplicate-key')],
    ['another store', vault('other-event-store')],
    ['a vault on a full disk', vault('not-writable')],
    ['an unreadable history', service('undecodable-history')],
    ['an unreadable event', service('unencodable-event')],
    ['another vault', service('other-vault')],
    ['a restored store', service('event-store-behind')],
    ['cancelled by the caller', service('cancelled')],
    ['a defect', service('defect')],
  ])('%s', (_, fault) => {
    expect(isRetryable(fault)).toBe(false);
  });
});
