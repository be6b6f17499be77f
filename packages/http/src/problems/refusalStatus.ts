import type { RefusalCode } from 'keyturn';

/** What a refusal is answered with. */
export type RefusalHttpStatus = 403 | 404 | 409 | 422 | 429 | 503;

/**
 * A row for each code, so that a new one is missed by the compiler: 404 for what there is not, 409 for what the state
 * of the keyring does not allow, 422 for what is wrong with the input itself, 403 and 429 for who asks and how often,
 * 503 for a vendor that does not answer.
 */
export const REFUSAL_STATUS: { readonly [C in RefusalCode]: RefusalHttpStatus } = {
  'not-permitted': 403,
  'admin-credential-from-support': 403,

  'unknown-workspace': 404,
  'unknown-key': 404,
  'unknown-leak-case': 404,

  'revision-conflict': 409,
  'command-id-reused': 409,
  'command-too-old': 409,
  'workspace-closed': 409,
  'key-id-used': 409,
  'key-already-on-file': 409,
  'fingerprint-leaked': 409,
  'key-limit-reached': 409,
  'key-not-on-file': 409,
  'key-not-active': 409,
  'key-not-hard-deleted': 409,
  'no-key-on-file': 409,
  'too-many-project-defaults': 409,
  'no-default': 409,
  'default-not-active': 409,
  'successor-needed': 409,
  'successor-is-the-key': 409,
  'successor-not-on-file': 409,
  'successor-not-active': 409,
  'successor-reported-leaked': 409,
  'last-key': 409,
  'vendor-has-no-active-key': 409,
  'vendor-is-ambiguous': 409,
  'run-already-pinned': 409,
  'run-already-open': 409,
  'run-already-ended': 409,
  'run-not-open': 409,
  'run-interrupted': 409,
  'lease-exhausted': 409,
  'too-many-open-runs': 409,
  'key-suspended': 409,
  'key-reported-leaked': 409,
  'leak-not-reported': 409,
  'leak-report-final': 409,
  'too-many-leak-cases': 409,
  'leak-steps-open': 409,
  'nothing-to-accept': 409,
  'nothing-to-disown': 409,
  'clock-departs': 409,
  'no-admin-api': 409,
  'admin-credential-refused': 409,
  'admin-credential-not-permitted': 409,

  'wrong-workspace': 422,
  'invalid-input': 422,
  'text-contains-secret': 422,
  'unknown-vendor': 422,
  'key-ambiguous': 422,
  'admin-credential-unfit': 422,
  'vendor-key-unfit': 422,
  'lease-out-of-range': 422,
  'paste-empty': 422,
  'paste-too-short': 422,
  'paste-too-long': 422,
  'paste-several-keys': 422,
  'paste-admin-key': 422,
  'paste-encoded': 422,
  'paste-wrong-vendor': 422,
  'paste-other-secret': 422,
  'paste-not-text': 422,
  'paste-placeholder': 422,
  'paste-invisible-character': 422,
  'paste-prefixed': 422,
  'paste-surrounded': 422,
  'paste-odd-character': 422,
  'paste-quoted': 422,
  'paste-white-space': 422,

  'rate-limited': 429,

  'vendor-unavailable': 503,
};

const isRefusalCode = (code: string): code is RefusalCode => Object.hasOwn(REFUSAL_STATUS, code);

/** Every code there is. */
export const refusalCodes: ReadonlyArray<RefusalCode> = Object.keys(REFUSAL_STATUS).filter(isRefusalCode);
