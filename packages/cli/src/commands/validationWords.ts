import type { Contacts, KeySummary, ToldFault, Validation, VendorFacts } from 'keyturn';
import { isoOf } from '../output/times';
import { endpointVariable } from '../environment';

/** Whose fault it is as every JSON document has it. */
export const faultJson = ({ fault, faultCounts, faultSentence }: ToldFault): object => ({
  fault,
  faultCounts,
  faultSentence,
});

/** A test call's outcome as every JSON document has it. */
export const validationJson = (validation: Validation | null): object | null =>
  validation === null
    ? null
    : {
        outcome: validation.outcome,
        reason: validation.reason,
        cause: validation.cause,
        condition: validation.condition,
        calledAt: isoOf(validation.calledAt),
        httpStatus: validation.httpStatus,
        vendorCode: validation.vendorCode,
        vendorRequestId: validation.vendorRequestId,
        endpointOverride: validation.endpointOverride,
        latencyMs: validation.latencyMs,
        ...faultJson(validation),
      };

type Reason = NonNullable<Validation['reason']>;

interface Advice {
  readonly again: string;
  readonly page: string;
  readonly cause: Validation['cause'];
  /** That it is more likely the platform's problem, where it is. */
  readonly platform: ReadonlyArray<string>;
}

type Hints = (advice: Advice) => ReadonlyArray<string>;

const permit: Hints = ({ again, page }) => [
  `Permit the call in the vendor's console (${page}), then: ${again}`,
];

const noVerdict: Hints = ({ again, platform }) => [
  ...platform,
  `The vendor gave no verdict on the key, so its state stays as it was. Try again: ${again}`,
];

const ours: Hints = ({ again, platform }) => [
  ...platform,
  'This says nothing of the key, whose state stays as it was: the operator of this service has to mend it. ' +
    `Then: ${again}`,
];

const noModel: Hints = ({ again, platform }) => [
  ...platform,
  'This says nothing of the key, whose state stays as it was. A key that was added with --model: add it anew with ' +
    'another one. Any other: the operator of this service has to name a model. ' +
    `Then: ${again}`,
];

const elsewhereNamed: Hints = ({ again, page, cause }) => {
  const advice =
    cause === 'workspace'
      ? 'The key works only in calls that name a workspace of the vendor, and those of runs do not: make a key of ' +
        `one workspace (${page}), delete this one, and add that.`
      : `Where a key belongs is a part of it: look it up (${page}), delete this key, and add it anew with ` +
        '--endpoint, --region or --model.';
  return [`${advice} If it was right: ${again}`];
};

const HINTS: { readonly [R in Exclude<Reason, 'leaked'>]: Hints } = {
  rejected: ({ again, platform }) => [
    'If you are sure that the key is valid: confirm there are no leading or trailing spaces in the paste.',
    ...platform,
    `The key stays on file, and no run gets it. Test it again: ${again}`,
  ],
  unfunded: ({ again, page }) => [`Add credit, or raise the limit (${page}), then: ${again}`],
  restricted: permit,
  misdirected: elsewhereNamed,
  'vendor-error': noVerdict,
  overloaded: noVerdict,
  timeout: noVerdict,
  dns: noVerdict,
  tls: noVerdict,
  connection: noVerdict,
  proxy: ours,
  'unrecognised-answer': noVerdict,
  'model-unavailable': noModel,
  region: ours,
  'our-request': ours,
};

/** Whom to tell of a leak, where that is configured. */
export const leakHints = ({ securityAddress }: Contacts): ReadonlyArray<string> =>
  securityAddress === undefined ? [] : [`Tell of the leak: ${securityAddress}`];

/** Said of every test call that went elsewhere: a "yes" from there is not the vendor's. */
const overrideHints = (
  { vendor, name }: VendorFacts,
  { endpointOverride }: Validation,
): ReadonlyArray<string> =>
  endpointOverride === null
    ? []
    : [`The test call went to ${endpointOverride} (${endpointVariable(vendor)}), and not to ${name}.`];

/** What to do about a test call that was not accepted, or whose outcome was lost. */
export const validationHints = (
  workspaceId: string,
  key: KeySummary,
  facts: VendorFacts,
  validation: Validation | null,
  contacts: Contacts,
): ReadonlyArray<string> => {
  const { keyPage, revocationPage } = facts;
  const page = keyPage ?? 'ask whoever runs the endpoint';
  const again = `keyturn keys validate ${key.keyId} --workspace ${workspaceId}`;
  if (validation === null) {
    return [
      `The key is on file, but what its test call came to could not be recorded. Test it again: ${again}`,
    ];
  }
  const elsewhere = overrideHints(facts, validation);
  if (validation.reason === null) return elsewhere;
  const { faultSentence } = validation;
  const platform = faultSentence === null ? [] : [faultSentence];
  if (validation.reason !== 'leaked')
    return [...elsewhere, ...HINTS[validation.reason]({ again, page, platform, cause: validation.cause })];
  return [
    ...elsewhere,
    `Revoke the key at the vendor, which is what stops whoever else has it: ${revocationPage ?? page}`,
    `Then: keyturn keys hard-delete ${key.keyId} --workspace ${workspaceId} --case CASE`,
    ...leakHints(contacts),
  ];
};
