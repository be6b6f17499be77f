import type {
  KeyringThen as TheKeyringThen,
  OpenRun as TheOpenRun,
  RunPin as TheRunPin,
  RunsPage as TheRunsPage,
  RunsReleased as TheRunsReleased,
  RunUsage as TheRunUsage,
} from 'keyturn';
import * as t from 'io-ts';
import { list, nullable, object, type Codec } from './codec';
import { Destruction, KeySummary, page, written } from './keyAnswers';
import { WorkspaceLog } from './logAnswers';
import type { Plain } from './plain';
import { Choice, flag, Instant, literal, number, ReleasedAs, text } from './words';

/** What a run asks for. */
export const RunChoice: Codec<
  | { readonly kind: 'default' }
  | { readonly kind: 'vendor'; readonly vendor: string }
  | { readonly kind: 'key'; readonly keyId: string }
> = t.union([
  object('DefaultChoice', { kind: literal('default') }),
  object('VendorChoice', { kind: literal('vendor'), vendor: text }),
  object('KeyChoice', { kind: literal('key'), keyId: text }),
]);

export const RunPin: Codec<Plain<TheRunPin>> = object('RunPin', {
  runId: text,
  projectId: nullable(text),
  keyId: text,
  vendor: text,
  last4: text,
  choice: Choice,
  leaseUntil: Instant,
  ...written,
});

export const RunsReleased: Codec<Plain<TheRunsReleased>> = object('RunsReleased', {
  released: list(text),
  destructions: list(Destruction),
  ...written,
});

export const RunUsage: Codec<Plain<TheRunUsage>> = object('RunUsage', {
  workspaceId: text,
  runId: text,
  projectId: nullable(text),
  keyId: text,
  last4: nullable(text),
  vendor: text,
  requested: RunChoice,
  choice: Choice,
  pinRevision: number,
  pinnedAt: Instant,
  leaseUntil: Instant,
  resumed: number,
  releasedAt: nullable(Instant),
  outcome: nullable(ReleasedAs),
  interrupted: flag,
});

export const RunsPage: Codec<Plain<TheRunsPage>> = object('RunsPage', {
  log: WorkspaceLog,
  runs: list(RunUsage),
  ...page,
});

const OpenRun: Codec<Plain<TheOpenRun>> = object('OpenRun', {
  runId: text,
  projectId: nullable(text),
  keyId: text,
  vendor: text,
  requested: RunChoice,
  choice: Choice,
  startedAt: Instant,
  leaseUntil: Instant,
  interrupted: flag,
});

export const KeyringThen: Codec<Plain<TheKeyringThen>> = object('KeyringThen', {
  revision: number,
  recordedAt: nullable(Instant),
  timesInOrder: flag,
  recordedLater: list(object('Revisions', { first: number, last: number })),
  keys: list(KeySummary),
  workspaceDefault: nullable(text),
  projectDefaults: list(object('ProjectDefault', { projectId: text, keyId: text })),
  openRuns: list(OpenRun),
});
