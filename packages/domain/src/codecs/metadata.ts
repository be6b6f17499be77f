import * as t from 'io-ts';
import { Actor } from '../actor';
import { CausationId, type Envelope } from '../envelope';
import { CaseId, CommandId, CorrelationId, WorkspaceId } from '../ids';
import { Instant } from '../instant';
import { WholeNumber } from './primitives';

const SchemaVersion = t.refinement(t.number, (n) => Number.isSafeInteger(n) && n >= 1, 'SchemaVersion');
const Digest = t.refinement(t.string, (s) => /^[A-Za-z0-9_-]{1,128}$/.test(s), 'Digest');

/**
 * An event's metadata as it is stored. `$correlationId` and `$causationId` are the names that EventStoreDB's own
 * projections know.
 */
export const StoredMetadata = t.intersection([
  t.type({
    schemaVersion: SchemaVersion,
    workspaceId: WorkspaceId,
    time: Instant,
    actor: Actor,
    $correlationId: CorrelationId,
    $causationId: CausationId,
    commandId: CommandId,
    commandDigest: Digest,
    issuedAt: Instant,
    index: WholeNumber,
    count: SchemaVersion,
  }),
  t.partial({ caseId: CaseId }),
]);
export type StoredMetadata = t.TypeOf<typeof StoredMetadata>;

export const envelopeOf = (stored: StoredMetadata): Envelope => ({
  workspaceId: stored.workspaceId,
  time: stored.time,
  actor: stored.actor,
  correlationId: stored.$correlationId,
  causationId: stored.$causationId,
  commandId: stored.commandId,
  commandDigest: stored.commandDigest,
  issuedAt: stored.issuedAt,
  index: stored.index,
  count: stored.count,
  ...(stored.caseId === undefined ? {} : { caseId: stored.caseId }),
});

export const storedMetadata = (envelope: Envelope, schemaVersion: number): StoredMetadata => ({
  schemaVersion,
  workspaceId: envelope.workspaceId,
  time: envelope.time,
  actor: envelope.actor,
  $correlationId: envelope.correlationId,
  $causationId: envelope.causationId,
  commandId: envelope.commandId,
  commandDigest: envelope.commandDigest,
  issuedAt: envelope.issuedAt,
  index: envelope.index,
  count: envelope.count,
  ...(envelope.caseId === undefined ? {} : { caseId: envelope.caseId }),
});
