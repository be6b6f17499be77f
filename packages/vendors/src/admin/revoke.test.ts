import { describe, expect, test } from '@jest/globals';
import type { IncomingMessage } from 'node:http';
import type { VendorKeyFilter } from './vendorAdmin';
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
const NO_FILTER = { last4: null, onFileSince: null };

describe('revoking', () => {
  const revoke = (origin: string, signal?: AbortSignal, filter: VendorKeyFilter = NO_FILTER) =>
    adminAt(origin).revoke(bytes(anAdminKey()), ANTHROPIC, 'apikey_1', filter, signal)();
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

  test.each<[string, object]>([
    ['inactive', { kind: 'already-inactive', fits: 'unknown' }],
    ['expired', { kind: 'already-inactive', fits: 'unknown' }],
    ['gone', { kind: 'not-found' }],
  ])('of a key that is %s sends nothing', async (status, is) => {
    const origin = await vendorThat(() => [
      200,
      anthropicPage(status === 'gone' ? [] : [anthropicKey('apikey_1', status)]),
    ]);
    expect((await revoke(origin)).outcome).toEqual(is);
    expect(calls().filter((call) => call.startsWith('POST'))).toEqual([]);
  });

  test.each<[string, string, VendorKeyFilter]>([
    ['active', 'by its hint', { last4: 'qkSu', onFileSince: null }],
    ['inactive', 'by its hint', { last4: 'qkSu', onFileSince: null }],
    ['active', 'by its date', { last4: null, onFileSince: Date.parse('2026-11-05T13:00:00Z') }],
  ])('of an %s key that is another one %s sends nothing', async (status, _how, filter) => {
    const origin = await vendorThat((_request, count) =>
      count < 3 ? [500, {}] : [200, anthropicPage([anthropicKey('apikey_1', status)])],
    );
    expect((await revoke(origin, undefined, filter)).outcome).toEqual({ kind: 'other-key' });
    expect(calls().filter((call) => call.startsWith('POST'))).toEqual([]);
  });

  test('tells whether the list showed it as the very key before', async () => {
    const origin = await vendorThat((request) =>
      isPost(request)
        ? [200, anthropicKey('apikey_1', 'inactive')]
        : [200, anthropicPage([anthropicKey('apikey_1')])],
    );
    const filter = { last4: 'igAA', onFileSince: null };
    expect((await revoke(origin, undefined, filter)).outcome).toMatchObject({
      kind: 'revoked',
      fits: 'hint',
    });
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
    const { outcome } = await admin.revoke(bytes(anAdminKey()), ANTHROPIC, 'apikey_1', NO_FILTER)();
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
      NO_FILTER,
    )();
    expect(outcome).toEqual({ kind: 'not-revocable', instead: openai.admin?.notRevocable });
  });
});
