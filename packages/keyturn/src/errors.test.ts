import { expect, test } from '@jest/globals';
import { inspect } from 'node:util';
import { ada, atWork } from './testSupport/atWork';

const at = atWork({ made: true });

const asJson = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v));

test('what is told of a failure has nothing of a secret, however it is looked at', async () => {
  const { open, sandbox } = at();
  const { keys, runs } = await open();
  const pasted = sandbox.issueKey('anthropic');
  await keys.add(ada, { vendor: 'anthropic', pasted });
  const other = sandbox.issueKey('anthropic', 'echoes-key');
  const label = other.slice(0, 40);
  const rejected: ReadonlyArray<Promise<unknown>> = [
    keys.add(ada, { vendor: 'anthropic', pasted }),
    keys.add(ada, { vendor: 'openai', pasted }),
    keys.add(ada, { vendor: pasted, pasted }),
    keys.add(ada, { vendor: 'anthropic', pasted: `${pasted} ` }),
    keys.add(ada, { vendor: 'anthropic', pasted: Buffer.from(`${pasted} `) }),
    keys.add(ada, { vendor: 'anthropic', pasted: other, label }),
    keys.validate(ada, { keyId: pasted }),
    keys.resolve(ada, pasted),
    runs.start(ada, { runId: pasted }),
    runs.start(ada, { runId: 'r1' }, { idempotencyKey: pasted }),
    runs.use(ada, { runId: pasted }, () => 'never'),
  ];
  const told: unknown[] = [];
  for (const one of await Promise.allSettled(rejected)) {
    expect(one.status).toBe('rejected');
    told.push(one);
  }
  told.push(await keys.add(ada, { vendor: 'anthropic', pasted: other }));
  for (const each of told) {
    const texts = inspect(each, { depth: null, showHidden: true }) + asJson(each);
    for (const secret of [pasted, other]) {
      expect(texts).not.toContain(secret.slice(-16, -4));
      expect(texts).not.toContain(secret.slice(16, 28));
    }
  }
});
