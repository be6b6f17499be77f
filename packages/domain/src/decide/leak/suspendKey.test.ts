import { describe, expect, test } from '@jest/globals';
import {
  accept,
  add,
  command,
  exactly,
  finish,
  hardDelete,
  key,
  ofVendor,
  remove,
  reportLeak,
  resume,
  setDefault,
  start,
} from '../../testSupport/commands';
import { given } from '../../testSupport/given';
import { killCheck, reinstate, suspend, withdraw } from '../../testSupport/leakCommands';

const two = [add('k1'), accept('k1'), add('k2'), accept('k2')] as const;
const suspended = [...two, start('r1'), reportLeak('k1'), suspend('k1')] as const;
const testCall = (purpose: 'validate' | 'kill-check') =>
  ({ type: 'StartTestCall', keyId: key('k1'), purpose }) as const;

describe('a key that is reported, and not suspended', () => {
  const reported = given(...two, start('r1'), reportLeak('k1'), reportLeak('k2'));

  test('serves as before', () => {
    expect(reported.when(start('r2'))).toMatchObject({ emitted: [{ data: { keyId: 'k1' } }] });
    expect(reported.when(resume('r1'))).toHaveProperty('emitted.length', 1);
    expect(reported.when(testCall('validate'))).toHaveProperty('emitted.length', 1);
  });

  test('becomes nobody’s Default, of workspace or project', () => {
    for (const body of [setDefault('k2'), setDefault('k2', 'p')]) {
      expect(reported.when(body)).toMatchObject({
        refused: 'key-reported-leaked',
        facts: { key: { keyId: 'k2' }, candidates: [], next: ['name-a-key', 'add-key'] },
      });
    }
    expect(reported.when(setDefault('k1'))).toEqual({ emitted: [] });
  });

  test('becomes no successor beside a key that is not', () => {
    const story = given(...two, add('k3'), reportLeak('k2'));
    expect(story.when(remove('k1', { successor: 'k2' }))).toMatchObject({
      refused: 'successor-reported-leaked',
      facts: { successor: { keyId: 'k2' }, candidates: [{ keyId: 'k3' }] },
    });
    expect(story.when(hardDelete('k1', { successor: 'k3' }))).toMatchObject({
      emitted: [{ type: 'DefaultChanged', data: { keyId: 'k3' } }, { type: 'KeyHardDeleted' }],
    });
  });

  test('is taken as successor where all others leaked, too: no hard delete waits for a better key', () => {
    expect(reported.when(hardDelete('k1', { successor: 'k2' }))).toHaveProperty('emitted.length', 2);
  });
});

describe('a suspended key', () => {
  test('is suspended because of its report, once', () => {
    const story = given(...two, start('r1'), reportLeak('k1'));
    expect(story.when(suspend('k1'))).toEqual({
      emitted: [{ type: 'KeySuspended', data: { keyId: 'k1', caseId: 'SEC-7', openRuns: 1 } }],
    });
    expect(given(...suspended).when(suspend('k1'))).toEqual({ emitted: [] });
    expect(given(...two).when(suspend('k1'))).toMatchObject({
      refused: 'leak-not-reported',
      facts: { caseId: 'SEC-7', next: ['report-leak'] },
    });
    expect(given(...two, hardDelete('k2')).when(suspend('k2'))).toMatchObject({ refused: 'key-not-on-file' });
  });

  test('stays Default, starts no run, and names the keys that could be Default', () => {
    const story = given(...suspended);
    expect(story.list()).toEqual(['…xxk1 · Default · Suspended', '…xxk2 · Active']);
    for (const choice of [undefined, ofVendor('anthropic')]) {
      expect(story.when(start('r2', choice === undefined ? {} : { choice }))).toMatchObject({
        refused: 'key-suspended',
        facts: { scope: { kind: 'workspace' }, key: { suspended: true }, candidates: [{ keyId: 'k2' }] },
        message: expect.stringContaining("The workspace's Default, …xxk1 (k1), is suspended"),
      });
    }
    expect(story.when(start('r2', { choice: exactly('k1') }))).toMatchObject({
      refused: 'key-suspended',
      facts: { scope: null },
    });
    expect(given(...suspended, setDefault('k2')).when(start('r2'))).toMatchObject({
      emitted: [{ data: { keyId: 'k2' } }],
    });
  });

  test('is not the key of its vendor that a run gets', () => {
    const story = given(...suspended, add('o1', { of: 'openai' }), accept('o1'), setDefault('o1'));
    expect(story.when(start('r2', { choice: ofVendor('anthropic') }))).toMatchObject({
      emitted: [{ data: { keyId: 'k2' } }],
    });
  });

  test('is handed over to nobody a second time, while its runs renew their leases and end', () => {
    const story = given(...suspended);
    expect(story.when(resume('r1'))).toMatchObject({ refused: 'key-suspended' });
    expect(story.when(start('r1'))).toMatchObject({ refused: 'key-suspended' });
    const renewed = { type: 'RunKeyResumed', data: { runId: 'r1', keyId: 'k1', renewal: true } };
    expect(story.when(Object.assign(resume('r1'), { renewal: true }))).toMatchObject({ emitted: [renewed] });
    expect(story.when(finish('r1'))).toHaveProperty('emitted.0.type', 'RunKeyReleased');
  });

  test('is tested for nothing but whether it still works', () => {
    const story = given(...suspended);
    expect(story.when(testCall('validate'))).toMatchObject({ refused: 'key-suspended' });
    expect(story.when(testCall('kill-check'))).toHaveProperty('emitted.length', 1);
  });

  test('stays so while it is deleted, and serves again when it is reinstated or its report is withdrawn', () => {
    const leaving = given(...suspended, remove('k1', { successor: 'k2' }));
    expect(leaving.when(resume('r1'))).toMatchObject({ refused: 'key-suspended' });
    expect(given(...suspended, reinstate('k1')).when(start('r2'))).toHaveProperty('emitted.length', 1);
    expect(given(...two).when(reinstate('k1'))).toEqual({ emitted: [] });
    expect(given(...suspended, withdraw('k1')).when(start('r2'))).toHaveProperty('emitted.length', 1);
    const twice = given(...suspended, reportLeak('k1', { caseId: 'SEC-8' as never }), withdraw('k1'));
    expect(twice.when(start('r2'))).toMatchObject({ refused: 'key-suspended' });
  });
});

describe('the case of what a leak brings about', () => {
  test('is in the envelope of every event, of the Defaults that move and of the destruction, too', () => {
    const { keyring } = given(...two, setDefault('k1', 'p'));
    expect(keyring.leaks.size).toBe(0);
    const events = given(...two, setDefault('k1', 'p')).events(hardDelete('k1', { successor: 'k2' }));
    expect(events.map(({ event, envelope }) => [event.type, envelope.caseId])).toEqual([
      ['DefaultChanged', 'SEC-7'],
      ['DefaultChanged', 'SEC-7'],
      ['KeyHardDeleted', 'SEC-7'],
    ]);
    const gone = given(...two, hardDelete('k1', { successor: 'k2' }));
    const confirm = { type: 'ConfirmDestruction', keyId: key('k1'), receipt: RECEIPT } as const;
    expect(gone.events(confirm).map(({ envelope }) => envelope.caseId)).toEqual(['SEC-7']);
  });

  test('is of any command that is sent under it', () => {
    const under = command(add('k9'), 9, { caseId: 'SEC-9' as never });
    expect(
      given(...two)
        .events(under)
        .map(({ envelope }) => envelope.caseId),
    ).toEqual(['SEC-9']);
    expect(given(...two).events(add('k9'))[0]?.envelope).not.toHaveProperty('caseId');
    expect(given(...two).when(add('k9'), { caseId: 'not a case' as never })).toMatchObject({
      refused: 'invalid-input',
      facts: { field: 'caseId' },
    });
    expect(given(...two).events(killCheck('k1', 'alive', 1))[0]?.envelope.caseId).toBe('SEC-7');
  });
});

const RECEIPT = { destroyedAt: 1, secretsDestroyed: 1, dataKeysDestroyed: 1, method: 'x', checks: [] };
