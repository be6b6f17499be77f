import { describe, expect, test } from '@jest/globals';
import { keyturnHandler } from './keyturnHandler';
import { atWork } from './testSupport/atWork';

const at = atWork({});
const ada = { actor: { kind: 'user', id: 'ada' } } as const;

describe('options', () => {
  test.each([
    ['identify', { identify: undefined }],
    ['stepUp', { stepUp: undefined }],
    ['basePath', { basePath: 'settings' }],
    ['basePath', { basePath: '/settings/' }],
    ['origin', { origin: 'https://app.example/settings' }],
    ['limits', { limits: null }],
    ['limits', { limits: { requestPerMinute: 60 } }],
    ['limits.requestsPerMinute', { limits: { requestsPerMinute: 0 } }],
    ['limits.requestsPerMinute', { limits: { requestsPerMinute: Number.NaN } }],
    ['limits.requestsPerMinute', { limits: { requestsPerMinute: '60' } }],
    ['limits.bodyBytes', { limits: { bodyBytes: -1 } }],
    ['limits.bodyBytes', { limits: { bodyBytes: Number.POSITIVE_INFINITY } }],
    ['limits.testCallMs', { limits: { testCallMs: 0.5 } }],
    ['allowVendorAdminCredentials', { allowVendorAdminCredentials: 'false' }],
  ])('that are not taken are refused at once: %s', (name, wrong) => {
    const options = { keyturn: at().keyturn, identify: () => null, stepUp: () => true, ...wrong };
    expect(() => {
      Reflect.apply(keyturnHandler, undefined, [options]);
    }).toThrow(name);
  });

  test('mount it where the embedding service wants it', async () => {
    const handler = keyturnHandler({
      keyturn: at().keyturn,
      basePath: '/settings/keys',
      origin: 'https://app.example',
      identify: () => ({ ...ada, workspaces: 'all', permissions: 'all', sessionId: 's' }),
      stepUp: () => true,
    });
    const there = await handler(new Request('http://inside:8080/settings/keys/api/v1/vendors'));
    expect(there.status).toBe(200);
    expect((await handler(new Request('http://inside:8080/api/v1/vendors'))).status).toBe(404);
    const path = 'http://inside:8080/settings/keys/api/v1/workspaces/acme/expire-runs';
    const from = async (origin: string): Promise<number> =>
      (await handler(new Request(path, { method: 'POST', headers: { origin } }))).status;
    expect([await from('https://app.example'), await from('http://inside:8080')]).toEqual([200, 403]);
  });
});
