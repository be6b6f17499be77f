import { english, type ValidationOutcome } from '@keyturn/domain';
import type { KeySummary } from '@keyturn/service';
import { displayName, keyConsolePage, revocationPage } from '@keyturn/vendors';
import { isoOf } from '../output/times';

/** A test call's outcome as every JSON document has it. */
export const validationJson = (outcome: ValidationOutcome | null): object | null =>
  outcome === null
    ? null
    : {
        outcome: outcome.kind,
        reason: outcome.kind === 'accepted' ? null : outcome.reason,
        condition: outcome.kind === 'accepted' ? outcome.condition : null,
        calledAt: isoOf(outcome.callStartedAt),
        httpStatus: outcome.evidence.status,
        vendorCode: outcome.evidence.code,
        vendorRequestId: outcome.evidence.requestId,
        latencyMs: outcome.evidence.latencyMs,
      };

/** What the test call said, in one sentence. */
export const validationSentence = (vendor: string, outcome: ValidationOutcome): string =>
  english.testCall(displayName(vendor), outcome);

const again = (workspaceId: string, { keyId }: KeySummary): string =>
  `keyturn keys validate ${keyId} --workspace ${workspaceId}`;

/** What to do about a test call that was not accepted, or whose outcome was lost. */
export const validationHints = (
  workspaceId: string,
  key: KeySummary,
  outcome: ValidationOutcome | null,
): ReadonlyArray<string> => {
  if (outcome === null) {
    return [
      `The key is on file, but what its test call came to could not be recorded. Test it again: ${again(workspaceId, key)}`,
    ];
  }
  if (outcome.kind === 'accepted') return [];
  if (outcome.kind === 'inconclusive') {
    return [
      `The vendor gave no verdict on the key, so its state stays as it was. Try again: ${again(workspaceId, key)}`,
    ];
  }
  const page = keyConsolePage(key.vendor) ?? "the vendor's console";
  switch (outcome.reason) {
    case 'rejected':
      return [
        'If you are sure that the key is valid: confirm there are no leading or trailing spaces in the paste.',
        'If the issue persists across multiple workspaces or multiple vendors, it is more likely a platform-side problem than your key: check the status page or email support.',
        `The key stays on file, and no run gets it. Test it again: ${again(workspaceId, key)}`,
      ];
    case 'unfunded':
      return [`Add credit, or raise the limit (${page}), then: ${again(workspaceId, key)}`];
    case 'restricted':
    case 'misdirected':
      return [`Permit the call in the vendor's console (${page}), then: ${again(workspaceId, key)}`];
    case 'leaked':
      return [
        `Revoke the key at the vendor, which is what stops whoever else has it: ${revocationPage(key.vendor) ?? page}`,
        `Then: keyturn keys hard-delete ${key.keyId} --workspace ${workspaceId} --case CASE`,
      ];
  }
};
