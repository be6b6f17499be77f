import { randomUUID as uuid } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusalCodes } from '@keyturn/domain';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  accepting,
  addingKey,
  eventsOf,
  givePast,
  reportingLeak,
  settingProjectDefault,
  startingRun,
  suspending,
  withEvents,
} from './testSupport/pastOf';
import {
  NEVER_MET,
  REACHED_AT_VENDORS,
  REACHED_BY_MANY_RUNS,
  REACHED_BY_PASTES,
  SHOWN_BY_THE_LIBRARY,
} from './testSupport/refusalsElsewhere';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());

const DAY_MS = 86_400_000;

const revisionOf = (workspace: string): Promise<number> =>
  withEvents(shop, async (store) => (await eventsOf(store, workspace)).length);

/** A command that is to be refused, and what is pasted into it. */
interface Arranged {
  readonly words: ReadonlyArray<string>;
  readonly input?: string;
}

/** Arranges a workspace, and gives the command that is to be refused there. */
type Situation = (workspace: string) => Arranged | Promise<Arranged>;

const REACHED: Readonly<Record<string, Situation>> = {
  'unknown-key': async (workspace) => {
    await shop.add(workspace);
    return { words: ['keys', 'validate', uuid()] };
  },
  'key-not-hard-deleted': async (workspace) => {
    const { keyId } = await shop.add(workspace);
    return { words: ['leak', 'certificate', keyId] };
  },
  'nothing-to-accept': async (workspace) => {
    await shop.add(workspace);
    return { words: ['log', 'accept', '--yes'] };
  },
  'nothing-to-disown': async (workspace) => {
    await shop.add(workspace);
    return { words: ['log', 'disown', '--from', '3', '--yes'] };
  },
  'invalid-input': () => ({
    words: ['keys', 'add', '--vendor', 'anthropic', '--label', ' prod '],
    input: shop.sandbox.issueKey('anthropic'),
  }),
  'text-contains-secret': () => {
    const input = shop.sandbox.issueKey('anthropic');
    return {
      words: ['keys', 'add', '--vendor', 'anthropic', '--label', `old ${input.slice(30, 45)}`],
      input,
    };
  },
  'unknown-vendor': () => ({
    words: ['keys', 'add', '--vendor', 'antropic'],
    input: shop.sandbox.issueKey('anthropic'),
  }),
  'key-already-on-file': async (workspace) => {
    const { secret } = await shop.add(workspace);
    return { words: ['keys', 'add', '--vendor', 'anthropic'], input: secret };
  },
  'fingerprint-leaked': async (workspace) => {
    const { secret, keyId } = await shop.add(workspace);
    await shop.run(['keys', 'hard-delete', '--yes', keyId, '--workspace', workspace, '--case', 'CASE-1']);
    return { words: ['keys', 'add', '--vendor', 'anthropic'], input: secret };
  },
  'key-limit-reached': async (workspace) => {
    await givePast(
      shop,
      workspace,
      Array.from({ length: 20 }, () => addingKey(uuid())),
    );
    return { words: ['keys', 'add', '--vendor', 'anthropic'], input: shop.sandbox.issueKey('anthropic') };
  },
  'key-ambiguous': async (workspace) => {
    await givePast(shop, workspace, [addingKey(`abcdef01-${uuid()}`), addingKey(`abcdef02-${uuid()}`)]);
    return { words: ['keys', 'set-default', 'abcdef'] };
  },
  'key-not-on-file': async (workspace) => {
    const { keyId } = await shop.add(workspace);
    await shop.run(['keys', 'delete', '--yes', keyId, '--workspace', workspace, '--leave-empty']);
    return { words: ['keys', 'validate', keyId.slice(0, 8)] };
  },
  'key-not-active': async (workspace) => {
    await shop.add(workspace);
    const { keyId } = await shop.add(workspace, 'openai', 'unfunded');
    return { words: ['keys', 'set-default', keyId] };
  },
  'unknown-workspace': () => ({ words: ['runs', 'start', 'run-1'] }),
  'workspace-closed': async (workspace) => {
    await shop.add(workspace);
    await shop.run(['workspaces', 'close', workspace, '--case', 'LEFT-3', '--yes']);
    return { words: ['keys', 'add', '--vendor', 'anthropic'], input: shop.sandbox.issueKey('anthropic') };
  },
  'key-reported-leaked': async (workspace) => {
    await shop.add(workspace);
    const { keyId } = await shop.add(workspace, 'openai');
    await givePast(shop, workspace, [reportingLeak(keyId)]);
    return { words: ['keys', 'set-default', keyId] };
  },
  'successor-reported-leaked': async (workspace) => {
    const { keyId } = await shop.add(workspace);
    const { keyId: leaked } = await shop.add(workspace, 'openai');
    await shop.add(workspace, 'openai');
    await givePast(shop, workspace, [reportingLeak(leaked)]);
    return { words: ['keys', 'delete', '--yes', keyId, '--successor', leaked] };
  },
  'key-suspended': async (workspace) => {
    const { keyId } = await shop.add(workspace);
    await givePast(shop, workspace, [reportingLeak(keyId), suspending(keyId)]);
    return { words: ['runs', 'start', 'run-1'] };
  },
  'no-key-on-file': async (workspace) => {
    const { keyId } = await shop.add(workspace);
    await shop.run(['keys', 'delete', '--yes', keyId, '--workspace', workspace, '--leave-empty']);
    return { words: ['runs', 'start', 'run-1'] };
  },
  'default-not-active': async (workspace) => {
    await shop.add(workspace, 'anthropic', 'rejected');
    return { words: ['runs', 'start', 'run-1'] };
  },
  'successor-needed': async (workspace) => {
    const { keyId } = await shop.add(workspace);
    await shop.add(workspace, 'openai');
    return { words: ['keys', 'delete', '--yes', keyId] };
  },
  'successor-is-the-key': async (workspace) => {
    const { keyId } = await shop.add(workspace);
    await shop.add(workspace, 'openai');
    return { words: ['keys', 'delete', '--yes', keyId, '--successor', keyId] };
  },
  'successor-not-on-file': async (workspace) => {
    const { keyId } = await shop.add(workspace);
    return { words: ['keys', 'hard-delete', '--yes', keyId, '--case', 'CASE-1', '--successor', uuid()] };
  },
  'successor-not-active': async (workspace) => {
    const { keyId } = await shop.add(workspace);
    await shop.add(workspace, 'anthropic');
    const failed = await shop.add(workspace, 'openai', 'unfunded');
    return { words: ['keys', 'delete', '--yes', keyId, '--successor', failed.keyId] };
  },
  'last-key': async (workspace) => ({
    words: ['keys', 'delete', '--yes', (await shop.add(workspace)).keyId],
  }),
  'vendor-has-no-active-key': async (workspace) => {
    await shop.add(workspace);
    return { words: ['runs', 'start', 'run-1', '--vendor', 'openai'] };
  },
  'vendor-is-ambiguous': async (workspace) => {
    await shop.add(workspace);
    await shop.add(workspace, 'openai');
    await shop.add(workspace, 'openai');
    return { words: ['runs', 'start', 'run-1', '--vendor', 'openai'] };
  },
  'run-already-pinned': async (workspace) => {
    await shop.add(workspace);
    await shop.run(['runs', 'start', 'run-1', '--workspace', workspace]);
    return { words: ['runs', 'start', 'run-1', '--project', 'docs'] };
  },
  'run-already-open': async (workspace) => {
    await shop.add(workspace);
    await shop.run(['runs', 'start', 'run-1', '--workspace', workspace]);
    return { words: ['runs', 'start', 'run-1', '--exec', 'touch twice', '--env-name', 'VENDOR_KEY'] };
  },
  'run-already-ended': async (workspace) => {
    await shop.add(workspace);
    await shop.run(['runs', 'start', 'run-1', '--workspace', workspace]);
    await shop.run(['runs', 'finish', 'run-1', '--workspace', workspace]);
    return { words: ['runs', 'start', 'run-1'] };
  },
  'run-not-open': async (workspace) => {
    await shop.add(workspace);
    return { words: ['runs', 'resume', 'run-1'] };
  },
  'run-interrupted': async (workspace) => {
    const { keyId } = await shop.add(workspace);
    await shop.run(['runs', 'start', 'run-1', '--workspace', workspace]);
    await shop.run(['keys', 'hard-delete', '--yes', keyId, '--workspace', workspace, '--case', 'CASE-1']);
    return { words: ['runs', 'resume', 'run-1', '--exec', 'touch interrupted', '--env-name', 'VENDOR_KEY'] };
  },
  'lease-out-of-range': async (workspace) => {
    await shop.add(workspace);
    return { words: ['runs', 'start', 'run-1', '--lease', '999999999'] };
  },
  'lease-exhausted': async (workspace) => {
    const [keyId, longAgo] = [uuid(), Date.now() - 31 * DAY_MS];
    const start = startingRun('run-1', keyId);
    await givePast(shop, workspace, [addingKey(keyId), accepting(keyId, longAgo), start], longAgo);
    return { words: ['runs', 'resume', 'run-1'] };
  },
  'too-many-project-defaults': async (workspace) => {
    const keyId = uuid();
    const defaults = Array.from({ length: 250 }, (_, n) => settingProjectDefault(keyId, `p-${n}`));
    await givePast(shop, workspace, [addingKey(keyId), accepting(keyId, Date.now() - 1), ...defaults]);
    return { words: ['keys', 'set-default', keyId, '--project', 'one-more'] };
  },
};

describe('every refusal', () => {
  test('has its place here', () => {
    const placed = [
      ...Object.keys(REACHED),
      ...REACHED_BY_PASTES,
      ...REACHED_AT_VENDORS,
      ...REACHED_BY_MANY_RUNS,
      ...Object.keys(SHOWN_BY_THE_LIBRARY),
      ...NEVER_MET,
    ];
    expect([...placed].sort()).toEqual([...refusalCodes].sort());
  });

  test.each(Object.entries(REACHED))('%s', async (code, situation) => {
    const workspace = `w-${code}`;
    const { words, input } = await situation(workspace);
    const before = await revisionOf(workspace);
    const { status, document, stderr } = await shop.ask([...words, '--workspace', workspace], {
      ...(input === undefined ? {} : { input }),
    });
    expect(at(document, 'refused', 'code')).toBe(code);
    expect(status).toBe(1);
    const message = String(at(document, 'refused', 'message'));
    expect(message).toMatch(/[.]$/);
    expect(stderr).toContain(`keyturn: refused (${code}): ${message}`);
    expect(at(document, 'refused', 'facts', 'next')).not.toHaveLength(0);
    expect(await revisionOf(workspace)).toBe(before);
    const secret = input ?? shop.sandbox.issueKey('openai');
    expect(stderr + JSON.stringify(document)).not.toContain(secret.slice(20, 40));
  });

  test('did not run what was refused', () => {
    expect(readdirSync(shop.directory)).not.toEqual(expect.arrayContaining(['twice']));
    expect(readdirSync(shop.directory)).not.toEqual(expect.arrayContaining(['interrupted']));
  });

  test.each([
    ...REACHED_BY_PASTES.map((code) => [code, 'paste.test.ts'] as const),
    ...REACHED_AT_VENDORS.map((code) => [code, 'leakRevokeAtVendor.test.ts'] as const),
    ...REACHED_BY_MANY_RUNS.map((code) => [code, 'leases.test.ts'] as const),
  ])('%s is met in %s', (code, file) => {
    expect(readFileSync(join(__dirname, file), 'utf8')).toContain(`'${code}'`);
  });

  test.each(Object.entries(SHOWN_BY_THE_LIBRARY))('%s is shown by %s', (code, path) => {
    expect(readFileSync(join(__dirname, '..', '..', path), 'utf8')).toContain(`'${code}'`);
  });
});
