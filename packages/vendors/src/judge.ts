import type { Reading } from './answer';
import { readAnswer } from './answer';
import type { HttpExchange } from './httpExchange';
import type { ProbeEvidence, ProbeVerdict } from './probe';
import { forgetLastMatch } from './forgetLastMatch';
import { sharesBytes } from './sharesBytes';
import type { VendorTable } from './vendorTable';

/** What one exchange says about the key. */
export const judge = (
  table: VendorTable,
  exchange: HttpExchange,
  secret: Uint8Array,
): {
  readonly verdict: ProbeVerdict;
  readonly evidence: Omit<ProbeEvidence, 'latencyMs'>;
  readonly retry: boolean;
  readonly retryAfter: string | null;
} => {
  if (exchange.kind === 'failure') {
    return {
      verdict: { kind: 'inconclusive', reason: exchange.reason },
      evidence: { status: null, code: null, requestId: null },
      retry: exchange.retry,
      retryAfter: null,
    };
  }
  const { meaning, code } = readAnswer(table, exchange.status, exchange.body);
  return {
    ...verdictOf(meaning),
    evidence: { status: exchange.status, code, requestId: keepableId(table, exchange.requestId, secret) },
    retryAfter: exchange.retryAfter,
  };
};

const verdictOf = (
  meaning: Reading['meaning'],
): { readonly verdict: ProbeVerdict; readonly retry: boolean } => {
  switch (meaning) {
    case 'accepted':
      return { verdict: { kind: 'accepted', condition: 'completed' }, retry: false };
    case 'throttled':
      return { verdict: { kind: 'accepted', condition: 'throttled' }, retry: true };
    case 'overloaded':
    case 'vendor-error':
    case 'unrecognised-answer':
      return { verdict: { kind: 'inconclusive', reason: meaning }, retry: true };
    default:
      return { verdict: { kind: 'failed', reason: meaning }, retry: false };
  }
};

/** Vendors echo parts of keys wherever they like: an id that could carry one is dropped. */
const keepableId = (table: VendorTable, id: string | null, secret: Uint8Array): string | null => {
  if (id === null || !new RegExp(table.requestIdPattern).test(id)) return null;
  const kept = sharesBytes(id, secret) ? null : id;
  forgetLastMatch();
  return kept;
};
