import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { longRuns } from '@keyturn/testbed/sampling';
import {
  MANNERS,
  startStrangerServer,
  unknownAnswers,
  type StrangerServer,
} from '@keyturn/testbed/strangers';
import fc from 'fast-check';
import { readAnswer } from './answer';
import { makeProber } from './prober';
import { CALLED_TABLES } from './testSupport/calledTables';
import { targetOf } from './testSupport/targetOf';
import type { VendorTable } from './vendorTable';
import { VENDOR_TABLES } from './vendors/tables';

/** What decides nothing, and tells nobody that something is theirs to mend. */
const NOTHING_SAID = ['unrecognised-answer', 'vendor-error', 'overloaded'];
/** An answer that never comes whole says no more. */
const NOT_COME = ['timeout', 'connection'];

/** What a table may keep of an endless answer is far below: the rest lies in the buffers of the two sockets. */
const MOST_TAKEN = 32 * 1024 * 1024;

test.each(CALLED_TABLES)('V-13: an unknown answer says nothing about a key of %s', (_, table) => {
  const { codeHeader } = table.errors;
  fc.assert(
    fc.property(unknownAnswers, ({ status, headers, body }) => {
      const code = codeHeader === null ? null : (headers[codeHeader] ?? null);
      const requestId = headers[table.requestId?.header ?? ''] ?? null;
      expect(NOTHING_SAID).toContain(readAnswer(table, { status, body, code, requestId }).meaning);
    }),
    { numRuns: longRuns(150) },
  );
});

describe('over the line', () => {
  let server: StrangerServer;
  beforeAll(async () => {
    server = await startStrangerServer();
  });
  afterAll(() => server.close());

  const probe = (table: VendorTable, attempts: number) =>
    makeProber({
      endpointOverrides: { [table.vendor]: server.url },
      retry: { attempts },
      timeoutMs: 1000,
      sleep: () => Promise.resolve(),
    }).probe(targetOf(table), Buffer.from('k'.repeat(40)))();

  test('it stays undecided in whatever manner it comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...VENDOR_TABLES),
        fc.constantFrom(...MANNERS.filter((manner) => manner !== 'slow')),
        unknownAnswers.filter(({ status }) => status >= 200),
        async (table, manner, answer) => {
          server.answerWith(answer, manner);
          const { verdict, evidence, attempts } = await probe(table, 1);
          expect({ attempts, kind: verdict.kind }).toEqual({ attempts: 1, kind: 'inconclusive' });
          expect([...NOTHING_SAID, ...NOT_COME]).toContain('reason' in verdict ? verdict.reason : '');
          expect(evidence).toMatchObject({ code: null, requestId: null });
        },
      ),
      { numRuns: longRuns(80) },
    );
    expect(server.mostTaken()).toBeLessThan(MOST_TAKEN);
  });

  test.each(MANNERS)('a vendor’s own yes is none where it comes %s and is not whole', async (manner) => {
    const [table] = VENDOR_TABLES;
    if (table === undefined) throw new Error('no table');
    const body = JSON.stringify({ type: 'message', content: [] });
    server.answerWith({ status: table.success.status, headers: {}, body }, manner);
    const { verdict } = await probe(table, 1);
    const comesWhole = manner === 'whole' || manner === 'in-pieces';
    expect(verdict.kind).toBe(comesWhole ? 'accepted' : 'inconclusive');
  });

  test('a status below 200 is never the last word', async () => {
    const [table] = VENDOR_TABLES;
    if (table === undefined) throw new Error('no table');
    for (const status of [100, 101, 102, 103, 199]) {
      server.answerWith({ status, headers: {}, body: '{}' });
      expect((await probe(table, 1)).verdict.kind).toBe('inconclusive');
    }
  });
});
