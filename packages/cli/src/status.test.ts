import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { givePast, startingRun } from './testSupport/pastOf';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop({ init: 'copied' });
});
afterEach(() => shop.close());

const change = (file: string, from: string, to: string): void =>
  writeFileSync(file, readFileSync(file, 'latin1').replaceAll(from, to), 'latin1');

describe('keyturn status', () => {
  test('tells that everything works, in 80 columns, before and after the first list', async () => {
    await shop.add('acme');
    const fresh = await shop.run(['status']);
    expect([fresh.status, fresh.stdout]).toEqual([0, expect.stringMatching(/^read models +\d+ behind\n/m)]);
    await shop.run(['keys', 'list', '--workspace', 'acme']);
    const { status, stdout, stderr } = await shop.run(['status']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(
      [
        'PART         STATE',
        'event store  works',
        'vault        works',
        'read models  up to date',
        'workspaces   1, none stopped',
        'runs         none overdue',
        'deletions    all confirmed',
        'sweep        nothing to repair',
        'Everything works.',
        '',
      ].join('\n'),
    );
    const { document } = await shop.ask(['status']);
    expect(document).toMatchObject({
      status: {
        status: 'ok',
        eventStore: { reachable: true, fault: null },
        sweep: { workspaces: 1, left: [] },
      },
    });
  });

  test('names a workspace whose log is damaged, and ends with 3', async () => {
    await shop.add('acme');
    change(join(shop.data, 'events.sqlite'), 'KeyValidated', 'KeySanitized');
    await shop.add('other');
    const { status, stdout, stderr } = await shop.run(['status']);
    expect(status).toBe(3);
    expect(stdout).toMatch(/^workspaces +2, 1 stopped\n/m);
    expect(stderr).toMatch(/^The log of workspace acme is damaged/m);
    const asked = await shop.ask(['status']);
    expect(asked).toMatchObject({
      status: 3,
      document: { status: { status: 'degraded', stoppedWorkspaces: ['acme'] } },
    });
  });

  test('tells of a secret that is there again after its hard delete', async () => {
    const { keyId } = await shop.add('acme');
    const [vault, before] = [join(shop.data, 'vault'), join(shop.directory, 'vault-before')];
    cpSync(vault, before, { recursive: true });
    await shop.run(['keys', 'hard-delete', keyId, '--workspace', 'acme', '--case', 'C-1', '--yes']);
    rmSync(vault, { recursive: true });
    cpSync(before, vault, { recursive: true });
    const { status, stdout, stderr } = await shop.run(['status']);
    expect(status).toBe(3);
    expect(stdout).toMatch(/^deletions +1 not confirmed\n/m);
    expect(stdout).toMatch(/^sweep +1 to repair, 0 for a person\n/m);
    expect(stderr).toContain('keyturn sweep --dry-run');
  });

  test('tells which part fails, and goes on with what can be looked at', async () => {
    await shop.add('acme');
    await shop.run(['keys', 'list', '--workspace', 'acme']);
    const other = await openWorkshop();
    try {
      const { status, stdout, stderr } = await shop.run(['status', '--master-key-file', other.masterKey]);
      expect(status).toBe(3);
      expect(stdout).toMatch(/^event store +works\nvault +fails\nread models +up to date\n/m);
      expect(stdout).toMatch(/^sweep +not looked at\nNothing can be recorded\.\n/m);
      expect(stderr).toMatch(/master key/);
    } finally {
      await other.close();
    }
    writeFileSync(
      join(shop.data, 'events.sqlite'),
      'no database at all, and long enough for one'.repeat(200),
    );
    const { status, document } = await shop.ask(['status']);
    expect(status).toBe(3);
    expect(document).toMatchObject({
      status: {
        status: 'failing',
        eventStore: { reachable: false },
        vault: { reachable: null },
        sweep: null,
      },
    });
    expect(at(document, 'status', 'eventStore', 'fault')).toEqual(
      expect.stringContaining('The file is damaged'),
    );
  });

  test('tells of runs whose lease is over, which is no fault', async () => {
    const { keyId } = await shop.add('acme');
    await givePast(shop, 'acme', [startingRun('lapsed', keyId, 60)], Date.now() - 7_200_000);
    const { status, stdout, stderr } = await shop.run(['status']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^runs +1 overdue\n/m);
    expect(stderr).toContain('keyturn sweep --expire');
  });

  test('is a fault like any other where there is no deployment', async () => {
    const { status, document } = await shop.ask(['status', '--data', join(shop.directory, 'nowhere')]);
    expect([status, at(document, 'fault', 'code')]).toEqual([3, 'not-initialised']);
  });
});
