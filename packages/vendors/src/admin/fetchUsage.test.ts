import { describe, expect, test } from '@jest/globals';
import { adminAt, anAdminKey, bytes, vendorServers } from '../testSupport/vendorServer';

const { vendorThat, calls } = vendorServers();

const ANTHROPIC = { vendor: 'anthropic', place: null };

describe('usage', () => {
  const window = { from: Date.UTC(2026, 10, 1), to: Date.UTC(2026, 10, 2) };
  const hours = { starting_at: '2026-11-01T14:00:00Z', ending_at: '2026-11-01T15:00:00Z' };

  test('by Anthropic’s older report, where there are no analytics', async () => {
    const origin = await vendorThat(({ url = '' }) =>
      url.includes('/analytics/')
        ? [404, { type: 'error', error: { type: 'not_found_error', message: 'Not found' } }]
        : [
            200,
            {
              data: [
                {
                  ...hours,
                  results: [
                    {
                      uncached_input_tokens: 7,
                      cache_creation: { ephemeral_1h_input_tokens: 0, ephemeral_5m_input_tokens: 0 },
                      cache_read_input_tokens: 0,
                      output_tokens: 1,
                      api_key_id: 'apikey_1',
                    },
                  ],
                },
              ],
              has_more: false,
              next_page: null,
            },
          ],
    );
    const { outcome } = await adminAt(origin).usage(bytes(anAdminKey()), ANTHROPIC, 'apikey_1', window)();
    expect(outcome).toMatchObject({
      usage: { format: 'anthropic-usage-report', buckets: [{ requests: null, tokens: 8 }] },
    });
    const asked = new URL(calls().at(-1)?.split(' ')[1] ?? '', 'http://x').searchParams;
    expect(Object.fromEntries(asked)).toEqual({
      starting_at: '2026-11-01T00:00:00.000Z',
      ending_at: '2026-11-02T00:00:00.000Z',
      bucket_width: '1h',
      'api_key_ids[]': 'apikey_1',
      'group_by[]': 'api_key_id',
    });
  });

  test('that has not the vendor’s form is none', async () => {
    const origin = await vendorThat(() => [200, { data: [{ ...hours, results: [{}] }], has_more: false }]);
    const { outcome } = await adminAt(origin).usage(bytes(anAdminKey()), ANTHROPIC, 'apikey_1', window)();
    expect(outcome).toEqual({ kind: 'unavailable', reason: 'unrecognised-answer' });
  });
});
