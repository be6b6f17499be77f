import { describe, expect, test } from '@jest/globals';
import type { Keyturn } from 'keyturn';
import { ROUTES } from './table';

/** Why something of the door is not answered over HTTP. */
type Apart = { readonly apart: string };

type Covered<G extends keyof Keyturn> = { readonly [M in keyof Keyturn[G]]: ReadonlyArray<string> | Apart };

/** What of the door is answered by which routes. The compiler misses what the door gets new. */
const DOOR: {
  readonly keys: Covered<'keys'>;
  readonly runs: Covered<'runs'>;
  readonly workspaces: Covered<'workspaces'>;
  readonly audit: Covered<'audit'>;
  readonly history: Covered<'history'>;
  readonly vendors: Covered<'vendors'>;
  readonly support: Covered<'support'>;
  readonly log: Covered<'log'>;
  readonly projections: Covered<'projections'>;
  readonly housekeeping: Covered<'housekeeping'>;
} & { readonly [M in Exclude<keyof Keyturn, Grouped>]: ReadonlyArray<string> | Apart } = {
  keys: {
    add: ['addKey'],
    validate: ['validateKey'],
    relabel: ['relabelKey'],
    setExpiry: ['setKeyExpiry'],
    setDefault: ['setDefault', 'setProjectDefault'],
    clearDefault: ['clearProjectDefault'],
    delete: ['deleteKey'],
    hardDelete: ['hardDeleteKey'],
    list: ['listKeys'],
    due: ['listKeysDue', 'listAllKeysDue'],
    checked: ['listKeys'],
    find: ['listKeys'],
    resolve: ['showKey'],
  },
  runs: {
    use: { apart: 'it hands the key to a function' },
    start: ['startRun'],
    resume: ['resumeRun'],
    finish: ['finishRun'],
    expire: ['expireRuns'],
    list: ['listRuns', 'showRun'],
  },
  workspaces: {
    close: ['closeWorkspace'],
    list: ['listWorkspaces'],
    get: ['showWorkspace'],
    nearest: ['nearestWorkspace'],
  },
  audit: {
    page: ['readAudit', 'readAuditOfAll'],
    count: ['countAudit', 'countAuditOfAll'],
    nearest: ['nearestInAudit', 'nearestInAuditOfAll'],
    checked: ['checkedAudit', 'checkedAuditOfAll'],
    export: ['exportAudit', 'exportAuditOfAll'],
    refused: ['readRefused', 'readRefusedOfAll'],
  },
  history: { at: ['readHistory'] },
  vendors: { list: ['listVendors'], get: ['showVendor'], troubles: ['vendorTroubles'] },
  support: {
    find: ['findKeys', 'findKeysOfAll'],
    exposure: ['showExposure'],
    certificate: ['certifyDestruction'],
    checkCertificate: ['checkCertificate'],
    status: ['showCase', 'showCaseOfAll'],
    report: ['reportLeak'],
    withdraw: ['withdrawLeakReport'],
    suspend: ['suspendKey'],
    reinstate: ['reinstateKey'],
    recordRevocation: ['recordRevocation'],
    check: ['checkLeak'],
    checkUntilDead: { apart: 'it takes minutes: `checkLeak` is sent again' },
    atVendor: ['howToRevoke', 'findAtVendor', 'usageAtVendor', 'revokeAtVendor'],
    reviewed: ['recordLeakReview'],
    close: ['closeLeakCase'],
  },
  log: {
    accept: ['acceptLog'],
    disown: ['disownEvents'],
    losses: ['listLosses'],
    unsealed: ['showUnsealed'],
  },
  projections: {
    status: ['readHealth'],
    rebuild: { apart: 'no permission guards it' },
  },
  housekeeping: { sweep: ['sweep'] },
  deploymentId: { apart: 'it names the vault to whoever runs it' },
  verify: ['verify', 'verifyWorkspace'],
  health: ['readHealth'],
  close: { apart: "it is the embedding service's" },
  [Symbol.asyncDispose]: { apart: "it is the embedding service's" },
};

type Grouped =
  | 'keys'
  | 'runs'
  | 'workspaces'
  | 'audit'
  | 'history'
  | 'vendors'
  | 'support'
  | 'log'
  | 'projections'
  | 'housekeeping';

const idsIn = (value: unknown): ReadonlyArray<string> => {
  if (Array.isArray(value)) return value.map(String);
  if (typeof value !== 'object' || value === null || 'apart' in value) return [];
  return Object.values(value).flatMap(idsIn);
};

describe('the door', () => {
  test('is answered whole over HTTP, and nothing else is', () => {
    const ids = ROUTES.map(({ face }) => face.id).filter((id) => !id.startsWith('rehearse'));
    expect([...new Set(idsIn(DOOR))].sort()).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
  });
});
