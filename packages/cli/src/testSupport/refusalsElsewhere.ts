/** Reached by `paste.test.ts`, each with what was found. */
export const REACHED_BY_PASTES = [
  ...[
    'empty',
    'too-short',
    'too-long',
    'several-keys',
    'encoded',
    'other-secret',
    'placeholder',
    'surrounded',
    'odd-character',
    'not-text',
    'white-space',
    'invisible-character',
    'quoted',
    'prefixed',
    'admin-key',
    'wrong-vendor',
  ],
].map((what) => `paste-${what}`);

/** Reached by `leakRevokeAtVendor.test.ts`, where a vendor has a list. */
export const REACHED_AT_VENDORS = [
  ...['from-support', 'not-permitted', 'refused', 'unfit'].map((why) => `admin-credential-${why}`),
  ...['no-admin-api', 'vendor-key-unfit', 'vendor-unavailable'],
];

/** Reached by `leases.test.ts`, in a workspace that has ten thousand. */
export const REACHED_BY_MANY_RUNS = ['too-many-open-runs'];

/** No command line reaches these, by design: where the library's tests show them, and why. */
export const SHOWN_BY_THE_LIBRARY: Readonly<Record<string, string>> = {
  // A command's own id, issue time and expected revision are for programs that retry.
  'command-id-reused': 'domain/src/decide/decide.test.ts',
  'command-too-old': 'domain/src/decide/decide.test.ts',
  'revision-conflict': 'domain/src/decide/decide.test.ts',
  // Each command folds the workspace that it names.
  'wrong-workspace': 'domain/src/decide/decide.test.ts',
  // The embedded store's clock is this machine's.
  'clock-departs': 'domain/src/decide/runs.test.ts',
  // Key ids are drawn at random.
  'key-id-used': 'domain/src/decide/addKey.test.ts',
  // Whoever can read the master key may do everything.
  'not-permitted': 'service/src/authorization.test.ts',
  // What is said of a case: no word of the command line says it yet.
  'leak-not-reported': 'domain/src/decide/leak/suspendKey.test.ts',
  'leak-report-final': 'domain/src/decide/leak/reportLeak.test.ts',
  'leak-steps-open': 'domain/src/decide/leak/closeLeakCase.test.ts',
  'too-many-leak-cases': 'domain/src/decide/leak/reportLeak.test.ts',
  'unknown-leak-case': 'domain/src/decide/leak/closeLeakCase.test.ts',
  // Every command line is a process of its own, with a count of its own.
  'rate-limited': 'service/src/addKey.test.ts',
};

/** Invariant 1 leaves no keyring in which these could be met: there is a Default while any key is on file. */
export const NEVER_MET = ['no-default'];
