import { recordedFrom } from '../../sandbox/recordedAnswer';

export type Json = Readonly<Record<string, unknown>>;

export const SERVICE = 'generativelanguage.googleapis.com';

/** Bodies as users posted them in public issue trackers and as the vendor's pages show them, ids and keys replaced. */
export const error = (code: number, status: string, message: string, details?: ReadonlyArray<Json>): string =>
  JSON.stringify(
    { error: { code, message, status, ...(details === undefined ? {} : { details }) } },
    null,
    2,
  );

/** An error with the reason that Google gives for it. */
export const because = (
  code: number,
  status: string,
  reason: string,
  message: string,
  more: Json = {},
): string =>
  error(code, status, message, [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason,
      domain: 'googleapis.com',
      metadata: { service: SERVICE, ...more },
    },
    { '@type': 'type.googleapis.com/google.rpc.LocalizedMessage', locale: 'en-US', message },
  ]);

const quota = (metric: string, limit: number): string =>
  'You exceeded your current quota, please check your plan and billing details. For more information on this ' +
  'error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.\n' +
  `* Quota exceeded for metric: ${SERVICE}/${metric}, limit: ${limit}, model: {model}\nPlease retry in 5.2s.`;

/** An error of a limit that was reached, as Google names it. */
export const exceeded = (metric: string, limit: number): string =>
  error(429, 'RESOURCE_EXHAUSTED', quota(metric, limit), [
    {
      '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
      violations: [
        {
          quotaMetric: `${SERVICE}/generate_content_free_tier_requests`,
          quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier',
          quotaDimensions: { location: 'global', model: '{model}' },
        },
      ],
    },
    { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '5s' },
  ]);

export const answer = recordedFrom('https://ai.google.dev/gemini-api/docs/troubleshooting');
