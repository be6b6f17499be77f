import { describe, expect, test } from '@jest/globals';
import type { IncomingMessage } from 'node:http';
import { randomText } from '../sandbox/random';
import { table as openai } from '../vendors/openai/table';
import {
  adminAt,
  anAdminKey,
  anthropicKey,
  anthropicPage,
  bytes,
  vendorServers,
} from '../testSupport/vendorServer';

const { vendorThat, calls } = vendorServers();

const ANTHROPIC = { vendor: 'anthropic', place: null };

describe('revoking', () => {
  const revoke = (origin: string, signal?: AbortSignal) =>
    adminAt(origin).revoke(bytes(anAdminKey()), ANTHROPIC, 'apikey_1', signal)();
  const isPost = ({ method }: IncomingMessage): boolean => method === 'POST';

  test('whose answer was lost counts where the list shows it', async () => {
    let revoked = false;
    const origin = await vendorThat((request) => {
      if (isPost(request)) revoked = true;
      return isPost(request)
        ? 'reset'
        : [200, anthropicPage([anthropicKey('apikey_1', revoked ? 'inactive' : 'active')])];
    });
    const { outcome } = await revoke(origin);
    expect(outcome).toMatchObject({ kind: 'revoked', listShows: 'inactive' });
  });

  test('whose answer was lost is not taken for done where the list shows it active', async () => {
    const origin = await vendorThat((request) =>
      isPost(request) ? 'reset' : [200, anthropicPage([anthropicKey('apikey_1')])],
    );
    expect((await revoke(origin)).outcome).toEqual({ kind: 'unavailable', reason: 'connection' });
  });

  test('that the vendor took, and its list does not show, is told as that', async () => {
    const origin = await vendorThat((request) =>
      isPost(request)
        ? [200, anthropicKey('apikey_1', 'inactive')]
        : [200, anthropicPage([anthropicKey('apikey_1')])],
    );
    expect((await revoke(origin)).outcome).toMatchObject({ kind: 'revoked', listShows: 'active' });
    // Once before, and three times afterwards: lists follow late.
    expect(calls().filter((call) => call.startsWith('GET'))).toHaveLength(4);
  });

  test('is not held up by a list that can’t be had', async () => {
    const origin = await vendorThat((request) =>
      isPost(request) ? [200, anthropicKey('apikey_1', 'inactive')] : [500, {}],
    );
    expect((await revoke(origin)).outcome).toMatchObject({ kind: 'revoked', listShows: 'unknown' });
  });

  test.each<['reset' | readonly [number, unknown], object]>([
    [[404, { type: 'error', error: { type: 'not_found_error', message: 'no' } }], { kind: 'not-found' }],
    ['reset', { kind: 'unavailable', reason: 'connection' }],
  ])('answered with %j is not done because a list that never had the key has it not', async (answer, is) => {
    let isAsked = false;
    const origin = await vendorThat((request) => {
      if (isPost(request)) isAsked = true;
      if (isPost(request)) return answer;
      return isAsked ? [200, anthropicPage([])] : [500, {}];
    });
    expect((await revoke(origin)).outcome).toEqual(is);
  });

  test.each<[string, string]>([
    ['inactive', 'already-inactive'],
    ['expired', 'already-inactive'],
    ['gone', 'not-found'],
  ])('of a key that is %s sends nothing', async (status, kind) => {
    const origin = await vendorThat(() => [
      200,
      anthropicPage(status === 'gone' ? [] : [anthropicKey('apikey_1', status)]),
    ]);
    expect((await revoke(origin)).outcome).toEqual({ kind });
    expect(calls().filter((call) => call.startsWith('POST'))).toEqual([]);
  });

  test.each<[number, string, string]>([
    [401, 'authentication_error', 'admin-credential-refused'],
    [403, 'permission_error', 'not-permitted'],
  ])('that is refused with %d', async (status, type, kind) => {
    const origin = await vendorThat((request) =>
      isPost(request)
        ? [status, { type: 'error', error: { type, message: 'no' } }]
        : [200, anthropicPage([anthropicKey('apikey_1')])],
    );
    const { outcome, evidence } = await revoke(origin);
    expect(outcome).toEqual({ kind });
    expect(evidence).toMatchObject({ status, code: type });
  });

  test('is ended by the caller’s signal', async () => {
    const giveUp = new AbortController();
    const origin = await vendorThat((request) => {
      if (isPost(request)) giveUp.abort();
      return isPost(request) ? 'hang' : [200, anthropicPage([anthropicKey('apikey_1')])];
    });
    expect((await revoke(origin, giveUp.signal)).outcome).toEqual({ kind: 'unavailable', reason: 'timeout' });
  });

  test('has one time-out for all of its calls', async () => {
    const origin = await vendorThat(() => 'hang');
    const admin = adminAt(origin, 'anthropic', 50);
    const { outcome } = await admin.revoke(bytes(anAdminKey()), ANTHROPIC, 'apikey_1')();
    expect(outcome).toEqual({ kind: 'unavailable', reason: 'timeout' });
  });

  test('of a service account’s key says what to do instead', async () => {
    const origin = await vendorThat(({ method }) =>
      method === 'DELETE'
        ? [
            400,
            {
              error: {
                code: 400,
                message: 'API keys cannot be deleted for service accounts',
                type: 'invalid_request_error',
              },
            },
          ]
        : [
            200,
            {
              object: 'list',
              data: [{ object: 'organization.project.api_key', id: 'key_1' }],
              has_more: false,
            },
          ],
    );
    const { outcome } = await adminAt(origin, 'openai').revoke(
      bytes(`sk-admin-${randomText(40)}`),
      { vendor: 'openai', place: null },
      'proj_1/key_1',
    )();
    expect(outcome).toEqual({ kind: 'not-revocable', instead: openai.admin?.notRevocable });
  });
});
