import type { Reading } from './answer';
import { readAnswer } from './answer';
import type { HttpExchange } from './httpExchange';
import type { ProbeEvidence, ProbeVerdict } from './probe';
import { keepableId } from './requestId';
import type { CalledTable } from './vendorTable';

/** What one exchange says about the key. */
export const judge = (
  table: CalledTable,
  exchange: HttpExchange,
  secret: Uint8Array,
): {
  readonly verdict: ProbeVerdict;
  readonly evidence: Omit<ProbeEvidence, 'latencyMs'>;
  readonly retry: boolean;
  readonly retryAfter: string | null;
  /** The vendor does not have the model that was asked for. */
  readonly modelGone: boolean;
} => {
  if (exchange.kind === 'failure') {
    return {
      verdict: { kind: 'inconclusive', reason: exchange.reason },
      evidence: { status: null, code: null, requestId: null },
      retry: exchange.retry,
      retryAfter: null,
      modelGone: false,
    };
  }
  const { meaning, cause, code } = readAnswer(table, exchange);
  return {
    ...verdictOf(meaning),
    evidence: {
      status: exchange.status,
      code,
      requestId: keepableId(table, exchange.requestId, secret),
      ...(cause === null ? {} : { cause }),
    },
    retryAfter: exchange.retryAfter,
    modelGone: meaning === 'model-unavailable',
  };
};

const verdictOf = (
  meaning: Reading['meaning'],
): { readonly verdict: ProbeVerdict; readonly retry: boolean } => {
  switch (meaning) {
    case 'accepted':
    case 'completed':
      return { verdict: { kind: 'accepted', condition: 'completed' }, retry: false };
    case 'throttled':
      return { verdict: { kind: 'accepted', condition: 'throttled' }, retry: true };
    case 'overloaded':
    case 'vendor-error':
    case 'unrecognised-answer':
      return { verdict: { kind: 'inconclusive', reason: meaning }, retry: true };
    case 'model-unavailable':
    case 'region':
    case 'our-request':
      return { verdict: { kind: 'inconclusive', reason: meaning }, retry: false };
    default:
      return { verdict: { kind: 'failed', reason: meaning }, retry: false };
  }
};
