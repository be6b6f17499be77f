import {
  keyOfEvent,
  type AuditSubject,
  decodeEvent,
  english,
  type EnvelopedEvent,
  type KeyringEvent,
  payloads,
  pseudoLocale,
} from '@keyturn/domain';
import { describe, expect, test } from '@jest/globals';
import { isRight } from 'fp-ts/Either';
import { leakSentences } from '../testSupport/leakSentences';
import { someHistory } from '../testSupport/histories';
import { saidOf, sentenceOf } from './auditWords';

const LATER: ReadonlySet<string> = new Set(['KeyAdded', 'KeyReportedLeaked', 'KeySecretDestroyed']);
const NOW = '2026-11-23T08:00:00.000Z';
const EVIDENCE = { status: 200, code: null, requestId: null, latencyMs: 5 };
const KEY = '…AbCd (Anthropic, "prod-2")';
const added = {
  keyId: 'key-2',
  vendor: 'anthropic',
  endpoint: null,
  region: null,
  label: 'prod-2',
  last4: 'AbCd',
  fingerprint: 'fingerprint-of-it',
  expiresAt: null,
};
const pinned = {
  runId: 'run-1',
  projectId: 'web',
  keyId: 'key-2',
  vendor: 'anthropic',
  requested: { kind: 'default' },
  keyringRevision: 3,
  leaseUntil: NOW,
};
const deleted = { keyId: 'key-2', cause: 'deleted', reason: null, caseId: null, interruptedRuns: [] };
const workspaceDefault = { scope: { kind: 'workspace' }, keyId: 'key-2', previousKeyId: 'key-1' };
const projectDefault = { ...workspaceDefault, scope: { kind: 'project', projectId: 'web' } };
const failed = { keyId: 'key-2', reason: 'unfunded', callStartedAt: NOW, evidence: EVIDENCE };

const examples: ReadonlyArray<readonly [type: KeyringEvent['type'], data: object, sentence: string]> = [
  ['KeyAdded', added, 'ada added …AbCd (Anthropic, "prod-2")'],
  ['KeyAdded', { ...added, expiresAt: NOW }, `ada added ${KEY}, to be replaced by ${NOW}`],
  [
    'KeyRelabelled',
    { keyId: 'key-2', label: 'prod-2', previousLabel: 'prod-1' },
    'ada labelled …AbCd (Anthropic, "prod-2"), which had "prod-1"',
  ],
  [
    'KeyRelabelled',
    { keyId: 'key-2', label: 'prod-2', previousLabel: null },
    'ada labelled …AbCd (Anthropic, "prod-2"), which had no label',
  ],
  [
    'KeyExpiryChanged',
    { keyId: 'key-2', expiresAt: NOW, previousExpiresAt: null },
    `ada set the expiry of …AbCd (Anthropic, "prod-2"): ${NOW}`,
  ],
  [
    'KeyExpiryChanged',
    { keyId: 'key-2', expiresAt: null, previousExpiresAt: NOW },
    `ada set the expiry of …AbCd (Anthropic, "prod-2"): none, in place of ${NOW}`,
  ],
  [
    'KeyAddAbandoned',
    { keyId: 'key-2' },
    'ada gave up adding …AbCd (Anthropic, "prod-2"), which was never on file',
  ],
  [
    'KeyTestCallStarted',
    { keyId: 'key-2', purpose: 'kill-check' },
    'ada started a test call with …AbCd (Anthropic, "prod-2") to see whether the vendor still takes it',
  ],
  [
    'KeyValidated',
    { keyId: 'key-2', condition: 'completed', callStartedAt: NOW, evidence: EVIDENCE },
    'ada had …AbCd (Anthropic, "prod-2") tested: valid',
  ],
  [
    'KeyValidated',
    { keyId: 'key-2', condition: 'throttled', callStartedAt: NOW, evidence: EVIDENCE },
    'ada had …AbCd (Anthropic, "prod-2") tested: valid, though the vendor is throttling it',
  ],
  [
    'KeyValidationFailed',
    { ...failed, disables: true },
    'ada had …AbCd (Anthropic, "prod-2") tested: credit exhausted',
  ],
  [
    'KeyValidationFailed',
    { ...failed, disables: false },
    'ada had …AbCd (Anthropic, "prod-2") tested: credit exhausted; it stays in use until a second test says the same',
  ],
  [
    'KeyValidationInconclusive',
    { keyId: 'key-2', reason: 'timeout', callStartedAt: NOW, evidence: EVIDENCE },
    'ada had …AbCd (Anthropic, "prod-2") tested: no verdict, the vendor did not answer in time',
  ],
  [
    'DefaultChanged',
    { ...workspaceDefault, cause: 'set-default' },
    'ada set …AbCd (Anthropic, "prod-2") as Default in place of …9xQz',
  ],
  [
    'DefaultChanged',
    { ...projectDefault, cause: 'successor' },
    'ada set …AbCd (Anthropic, "prod-2") as Default of project web in place of …9xQz, as its successor',
  ],
  [
    'DefaultChanged',
    { ...projectDefault, keyId: null, cause: 'project-default-cleared' },
    'ada cleared the Default of project web, which was …9xQz (OpenAI)',
  ],
  [
    'DefaultChanged',
    { ...workspaceDefault, keyId: null, cause: 'last-key-removed' },
    'ada left no Default in place of …9xQz (OpenAI), removing the last key',
  ],
  [
    'KeyRetired',
    { keyId: 'key-2', openRuns: 2 },
    'ada deleted …AbCd (Anthropic, "prod-2"), which stays until 2 runs in flight end',
  ],
  ['KeyHardDeleted', deleted, 'ada deleted …AbCd (Anthropic, "prod-2") for good'],
  [
    'KeyHardDeleted',
    { ...deleted, cause: 'drained' },
    'ada ended the last run of …AbCd (Anthropic, "prod-2"), which is now deleted for good',
  ],
  [
    'KeyHardDeleted',
    {
      ...deleted,
      cause: 'emergency',
      reason: 'leak',
      caseId: 'case-7',
      interruptedRuns: ['r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r7'],
    },
    'ada hard-deleted …AbCd (Anthropic, "prod-2") because of a leak under case case-7, ' +
      'interrupting 7 runs (r1, r2, r3, r4, r5 and 2 more)',
  ],
  [
    'KeyHardDeleted',
    { ...deleted, cause: 'workspace-closed', caseId: 'LEFT-3' },
    'ada hard-deleted …AbCd (Anthropic, "prod-2") with its workspace under case LEFT-3',
  ],
  ...leakSentences,
  [
    'KeySecretDestroyed',
    {
      keyId: 'key-2',
      receipt: { destroyedAt: NOW, secretsDestroyed: 1, dataKeysDestroyed: 1, method: 'm', checks: [] },
    },
    'ada confirmed that the secret of …AbCd (Anthropic, "prod-2") is destroyed',
  ],
  [
    'RunKeyPinned',
    { ...pinned, choice: 'project-default' },
    'ada started run run-1 of project web with …AbCd (Anthropic, "prod-2"), the project\'s Default',
  ],
  [
    'RunKeyResumed',
    { runId: 'run-1', keyId: 'key-2', leaseUntil: NOW },
    'ada resumed run run-1 of project web with …AbCd (Anthropic, "prod-2"), until 2026-11-23T08:00:00.000Z',
  ],
  [
    'RunKeyReleased',
    { runId: 'run-1', keyId: 'key-2', outcome: 'succeeded' },
    'ada finished run run-1 of project web (succeeded) and released …AbCd (Anthropic, "prod-2")',
  ],
  [
    'RunKeyReleased',
    { runId: 'run-1', keyId: 'key-2', outcome: 'lease-expired' },
    'ada released …AbCd (Anthropic, "prod-2") from run run-1 of project web, whose lease had run out',
  ],
  ['LogKeyRenewed', { number: 2 }, "ada renewed the log's key: number 2 seals from here on"],
  [
    'LogRestored',
    {
      from: 41,
      to: 12,
      lostKeys: ['key-9'],
      removals: [
        { keyId: 'key-1', fingerprint: 'fingerprint-of-key-1', leaked: true },
        { keyId: 'key-3', fingerprint: 'fingerprint-of-key-3', leaked: false },
      ],
    },
    'ada accepted that the log lost what followed revision 12, up to 41: 1 key is lost, 2 removals stay in force',
  ],
  [
    'EventsDisowned',
    { from: 13, to: 14, digest: 'd'.repeat(43) },
    'ada disowned events 13 to 14 of the log: nobody with the vault had written what stands there',
  ],
  [
    'WorkspaceClosed',
    { caseId: 'LEFT-3', keys: 3, openRuns: 1 },
    'ada closed the workspace under case LEFT-3 for good: 3 keys go with it, and 1 run in flight',
  ],
];

const METADATA = {
  schemaVersion: 1,
  workspaceId: 'acme',
  time: NOW,
  actor: { kind: 'user', id: 'ada' },
  $correlationId: 'request-1',
  $causationId: 'command-1',
  commandId: 'command-1',
  commandDigest: '4ZvBReSvUGk7sSr8CYgP_yoMaVVw4QJEBCpnGf7DRc0',
  issuedAt: NOW,
  index: 0,
  count: 1,
};

const enveloped = (type: KeyringEvent['type'], data: object): EnvelopedEvent => {
  const decoded = decodeEvent({
    type,
    data: JSON.stringify(data),
    metadata: JSON.stringify({ ...METADATA, schemaVersion: LATER.has(type) ? 2 : 1 }),
    stream: 'keyring-acme',
    revision: 0,
  });
  if (isRight(decoded)) return decoded.right;
  throw decoded.left;
};

const eventOf = (type: KeyringEvent['type'], data: object): KeyringEvent => enveloped(type, data).event;

const subject: AuditSubject = {
  actor: enveloped('KeyAddAbandoned', { keyId: 'key-2' }).envelope.actor,
  key: { keyId: 'key-2', vendorName: 'Anthropic', last4: 'AbCd', label: 'prod-2' },
  previousKey: { keyId: 'key-1', vendorName: 'OpenAI', last4: '9xQz', label: null },
  runId: null,
  projectId: null,
  caseId: null,
};

/** The sentence that is read of the row that an event becomes. */
const read = (event: KeyringEvent, words = english): string => {
  const { data } = event;
  const said = saidOf(event, () => 'web');
  return sentenceOf(
    words,
    { type: event.type, facts: said.facts },
    {
      ...subject,
      key: keyOfEvent(event) === null ? null : subject.key,
      runId: 'runId' in data ? data.runId : null,
      projectId: said.projectId,
      caseId: 'caseId' in data ? data.caseId : null,
    },
  );
};

describe('sentences', () => {
  test.each(examples)('%s %j', (type, data, sentence) => {
    expect(read(eventOf(type, data))).toBe(sentence);
  });

  test.each(examples)('%s %j has no word that is not of the catalogue', (type, data, sentence) => {
    const said = read(eventOf(type, data), pseudoLocale);
    expect(said).not.toMatch(/[A-Za-z]/);
    expect(said.length).toBeGreaterThan(sentence.length);
  });

  test('every event type has an example here', () => {
    expect(new Set(examples.map(([type]) => type))).toEqual(new Set(Object.keys(payloads)));
  });

  test('a key of which nothing is known goes by its id', () => {
    const key = { keyId: 'key-9', vendorName: null, last4: null, label: null };
    const sentence = sentenceOf(english, { type: 'KeyAddAbandoned', facts: null }, { ...subject, key });
    expect(sentence).toBe('ada gave up adding key key-9, which was never on file');
  });

  test.each([
    ['KeyPainted', null],
    ['KeyRetired', '{"openRuns":"many"}'],
  ])('an entry of a newer release, %s %s, says that this one has no words for it', (type, facts) => {
    const sentence = sentenceOf(english, { type: type as KeyringEvent['type'], facts }, subject);
    expect(sentence).toBe(`ada caused ${type}, which this release has no words for: upgrade it`);
  });

  test('no sentence holds a fingerprint or an answer of a vendor', () => {
    const events = someHistory(300, 5).flatMap((appended) => appended.events);
    expect(events.length).toBeGreaterThan(100);
    for (const { event } of events) {
      const sentence = read(event);
      expect(sentence).not.toMatch(/fingerprint|undefined|null|\[object/);
      expect(sentence.length).toBeLessThan(400);
    }
  });
});
