import { describe, expect, test } from '@jest/globals';
import { StoreFault } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import * as E from 'fp-ts/Either';
import { acceptingProber } from './testSupport/acceptingProber';
import { intercepted, type Interception } from './testSupport/interceptedStore';
import { leftOf } from './testSupport/leftOf';
import { freshSite } from './testSupport/site';

const site = freshSite();
const actor = { kind: 'user', id: 'ada' };

const logged = () => {
  const lines: unknown[] = [];
  const by: Interception = {};
  const keyturn = site().another({
    eventStore: intercepted(site().eventStore, by),
    prober: acceptingProber(),
    log: {
      info: (facts, message) => lines.push(['info', message, facts]),
      warn: (facts, message) => lines.push(['warn', message, facts]),
    },
  });
  return { keyturn, lines, by };
};

describe('the log', () => {
  test('F-B16: has every command handled, refused and failed, by actor, ids and codes', async () => {
    const { keyturn, lines, by } = logged();
    const pasted = site().sandbox.issueKey('anthropic');
    await expectRight(
      keyturn.addKey(site().as({ commandId: 'c1' }), { vendor: 'anthropic', pasted, label: 'for Bob' }),
    );
    await leftOf(keyturn.resumeRun(site().as({ commandId: 'c2' }), { runId: 'r1' }));
    by.append = () => () => Promise.resolve(E.left(new StoreFault('unavailable', 'The store is away.')));
    await leftOf(keyturn.startRun(site().as({ commandId: 'c3' }), { runId: 'r1' }));
    expect(lines).toMatchObject([
      [
        'info',
        'command handled',
        { actor, workspaceId: 'acme', commandId: 'c1', command: 'AddKey', revision: 1 },
      ],
      ['info', 'command handled', { actor, command: 'StartTestCall', revision: 2 }],
      ['info', 'command handled', { actor, command: 'RecordValidation', revision: 3 }],
      [
        'info',
        'command refused',
        { actor, workspaceId: 'acme', commandId: 'c2', command: 'ResumeRun', refusal: 'run-not-open' },
      ],
      [
        'warn',
        'command failed',
        { actor, workspaceId: 'acme', commandId: 'c3', command: 'StartRun', fault: 'unavailable' },
      ],
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/Bob/);
    expect(JSON.stringify(lines)).not.toContain(pasted.slice(-12, -4));
  });

  test('does not repeat an id that looks like a key', async () => {
    const { keyturn, lines } = logged();
    const key = `sk-${'Zq9xWv8uTs7rQp6o'.repeat(3)}`;
    await expect(
      leftOf(keyturn.startRun(site().as({ commandId: key }), { runId: 'r1' })),
    ).resolves.toMatchObject({ code: 'text-contains-secret' });
    expect(lines).toEqual([
      ['info', 'command refused', { actor, command: 'StartRun', refusal: 'text-contains-secret' }],
    ]);
  });
});
