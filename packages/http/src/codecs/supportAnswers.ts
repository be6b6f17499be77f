import type {
  ExposureAnswer as TheExposure,
  FoundKeys as TheFoundKeys,
  LeakCaseClosing as TheClosing,
  LeakCaseKeyStanding as TheStanding,
  LeakChecked as TheChecked,
  LeakRecorded as TheRecorded,
  LeakStatus as TheStatus,
  RuleName,
} from 'keyturn';
import { list, nullable, object, word, type Codec } from './codec';
import { CountedRefusals, RefusalLine } from './auditAnswers';
import { killCheck, KnownKey, page, written } from './keyAnswers';
import { LogStanding } from './logAnswers';
import type { Plain } from './plain';
import { flag, Instant, number, Status, Step, text } from './words';

export const FoundKeys: Codec<Plain<TheFoundKeys>> = object('FoundKeys', {
  log: LogStanding,
  keys: list(KnownKey),
  ...page,
});

const outcome: Codec<TheStanding['outcome']> = word({
  contained: null,
  'revoked-unconfirmed': null,
  'not-contained': null,
  withdrawn: null,
});

const LeakCaseKey: Codec<Plain<TheStanding>> = object('LeakCaseKey', {
  workspaceId: text,
  keyId: text,
  vendor: text,
  last4: text,
  label: nullable(text),
  status: Status,
  suspended: flag,
  openRuns: list(text),
  steps: list(
    object('LeakStepStanding', {
      step: Step,
      done: flag,
      mark: nullable(
        object('LeakStepMark', {
          at: Instant,
          actor: object('Who', { kind: text, id: text }),
          event: text,
        }),
      ),
      mail: text,
    }),
  ),
  next: nullable(Step),
  outcome,
  notCheckable: flag,
  minutesToRevoked: nullable(number),
  minutesToDead: nullable(number),
});

export const LeakStatus: Codec<Plain<TheStatus>> = object('LeakStatus', {
  caseId: text,
  keys: list(LeakCaseKey),
  closed: flag,
  hiddenWorkspaces: number,
});

export const LeakRecorded: Codec<Plain<TheRecorded>> = object('LeakRecorded', { changed: flag, ...written });

export const LeakCaseClosing: Codec<Plain<TheClosing>> = object('LeakCaseClosing', {
  changed: flag,
  outcomes: list(object('LeakOutcome', { keyId: text, outcome })),
  ...written,
});

export const LeakChecked: Codec<Plain<TheChecked>> = object('LeakChecked', { ...killCheck, ...written });

const rule: Codec<RuleName> = word({
  'first-actor': null,
  'first-origin': null,
  'first-project': null,
  'after-default-moved': null,
  'after-report': null,
  'keyring-acts': null,
  burst: null,
  'unusual-hour': null,
  'same-secret-elsewhere': null,
  'refused-attempts': null,
  'unexplained-at-vendor': null,
});

const KeyUse: Codec<Plain<TheExposure['uses'][number]>> = object('KeyUse', {
  kind: word({ pinned: null, resumed: null, 'test-call': null }),
  sequence: number,
  at: Instant,
  actor: text,
  originRef: nullable(text),
  projectId: nullable(text),
  runId: nullable(text),
  cause: nullable(text),
});

const KeyHold: Codec<Plain<TheExposure['holds'][number]>> = object('KeyHold', {
  runId: text,
  from: Instant,
  to: Instant,
  isEnded: flag,
  outcome: nullable(text),
  interrupted: flag,
});

const DefaultMove: Codec<Plain<TheExposure['defaultMoves'][number]>> = object('DefaultMove', {
  sequence: number,
  at: Instant,
  actor: text,
  projectId: nullable(text),
  to: word({ 'this-key': null, 'another-key': null, none: null }),
});

const RuleAnswer: Codec<Plain<TheExposure['rules'][number]>> = object('RuleAnswer', {
  rule,
  state: word({ found: null, clear: null, 'not-judged': null }),
  because: nullable(text),
  evidence: list(object('Evidence', { at: nullable(Instant), sequence: nullable(number), what: text })),
});

export const Exposure: Codec<Plain<TheExposure>> = object('Exposure', {
  workspaceId: text,
  key: KnownKey,
  window: object('ExposureWindow', { since: Instant, until: Instant }),
  suspectedSince: nullable(Instant),
  reportedAt: nullable(Instant),
  counts: object('ExposureCounts', {
    pinned: number,
    resumed: number,
    testCalls: number,
    defaultMoves: number,
    interruptedRuns: number,
    afterSuspected: nullable(number),
  }),
  uses: list(KeyUse),
  holds: list(KeyHold),
  defaultMoves: list(DefaultMove),
  refusals: list(RefusalLine),
  refusalsCounted: list(CountedRefusals),
  vendor: nullable(
    object('VendorCover', { buckets: number, covered: number, perhapsOurs: number, long: number }),
  ),
  rules: list(RuleAnswer),
  usage: nullable(
    object('UsageRead', {
      format: word({
        'anthropic-usage': null,
        'anthropic-usage-report': null,
        'openai-usage-completions': null,
        'openrouter-activity': null,
        csv: null,
      }),
      rows: number,
      rowsWithoutKey: number,
      rowsOfOtherKeys: number,
      morePages: flag,
    }),
  ),
});
