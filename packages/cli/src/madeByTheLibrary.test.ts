import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startEsdbServer, type EsdbServer } from '@keyturn/testbed/esdb';
import { openKeyturn, type KeyturnOptions } from 'keyturn';
import { openWorkshop, type Workshop } from './testSupport/workshop';

const W = ['--workspace', 'acme'];
const ada = { workspaceId: 'acme', actor: { kind: 'user', id: 'ada' } } as const;

let server: EsdbServer;
let shop: Workshop;
beforeEach(async () => {
  server = await startEsdbServer();
  shop = await openWorkshop({ init: false });
});
afterEach(async () => {
  await server.close();
  await shop.close();
});

describe.each([
  ['in a directory', () => ({}), () => ({})],
  [
    'with the events in EventStoreDB',
    () => ({ eventStore: server.connectionString }),
    () => ({ KEYTURN_STORE: server.connectionString }),
  ],
])('F-B9: a deployment %s', (_, place: () => Partial<KeyturnOptions>, env: () => Record<string, string>) => {
  const open = (create?: 'if-missing') =>
    openKeyturn({
      directory: shop.data,
      masterKey: { file: shop.masterKey },
      ...place(),
      ...(create === undefined ? {} : { create }),
      authorize: () => true,
      housekeeping: false,
      endpointOverrides: { anthropic: shop.sandbox.url },
    });

  test('that the library made is one that the command opens, also while a service has it open', async () => {
    const service = await open('if-missing');
    const pasted = shop.sandbox.issueKey('anthropic');
    const { key } = await service.keys.add(ada, { vendor: 'anthropic', pasted });
    const list = await shop.run(['keys', 'list', ...W], { env: env() });
    expect(list).toMatchObject({ status: 0, stdout: expect.stringContaining(`…${key.last4} · Default`) });
    const { keyId } = await shop.add('acme', 'anthropic', 'valid', [], env());
    expect((await service.keys.list(ada)).map((one) => one.keyId)).toEqual([key.keyId, keyId]);
    await service.close();
    expect((await shop.run(['verify'], { env: env() })).status).toBe(0);

    // The same deployment, and not another one beside it.
    const again = await open();
    expect(await again.keys.list(ada)).toHaveLength(2);
    await again.close();
  });

  test('that the command made is one that the library opens', async () => {
    expect((await shop.run(['init'], { env: env() })).status).toBe(0);
    const { keyId } = await shop.add('acme', 'anthropic', 'valid', [], env());
    const service = await open();
    await expect(service.keys.list(ada)).resolves.toMatchObject([{ keyId }]);
    await service.close();
  });
});
