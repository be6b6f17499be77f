import { expect, test } from '@jest/globals';
import { longRuns } from '@keyturn/testbed/sampling';
import type { LogFacts } from '@keyturn/service';
import fc from 'fast-check';
import { anyCalls, playCalls } from './testSupport/anyCalls';
import { ada, atWork } from './testSupport/atWork';

const at = atWork({ made: true });

interface Line {
  readonly facts: LogFacts;
  readonly message: string;
}

test('F-B16: every line names who acted, by kind and id, and none tells of a key, wherever it was pasted', async () => {
  const { open, sandbox } = at();
  let count = 0;
  await fc.assert(
    fc.asyncProperty(anyCalls, async (calls) => {
      const lines: Line[] = [];
      const tell = (facts: LogFacts, message: string): void => void lines.push({ facts, message });
      const search = await playCalls(calls, sandbox, (more) =>
        open({ ...more, log: { info: tell, warn: tell } }),
      );
      count += lines.length;
      for (const { facts, message } of lines) {
        expect(facts.actor.kind).toMatch(/^(?:user|service|system)$/);
        expect(facts.actor.id).toMatch(/^(?:ada|keyturn|keyturn-housekeeping|\(looks like a key\))$/);
        expect(search.inText(message, JSON.stringify(facts))).toEqual([]);
      }
    }),
    { numRuns: longRuns(25) },
  );
  expect(count).toBeGreaterThan(0);
});

test('a log that throws stops nothing', async () => {
  const { open, sandbox } = at();
  const fails = (): never => {
    throw new Error('The log is away.');
  };
  const keyturn = await open({ log: { info: fails, warn: fails } });
  const pasted = sandbox.issueKey('anthropic');
  await expect(keyturn.keys.add(ada, { vendor: 'anthropic', pasted })).resolves.toMatchObject({
    validation: { outcome: 'accepted' },
  });
});
