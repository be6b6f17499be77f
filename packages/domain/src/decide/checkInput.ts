import type * as t from 'io-ts';
import { Actor, ACTOR_RULE } from '../actor';
import { structureOf } from '../codecs/structure';
import type { Command } from '../commands';
import { CausationId } from '../envelope';
import { payloads, type KeyringEvent } from '../events';
import { CASE_RULE, CaseId, CommandId, CorrelationId, ID_RULE, VENDOR_RULE, WorkspaceId } from '../ids';
import { Instant } from '../instant';
import { LABEL_RULE } from '../label';
import { REMARK_RULE } from '../leak/remark';
import { invalidInput, textContainsSecret } from '../refusals/outerRefusals';
import type { Refusal } from '../refusals/refusal';
import { looksLikeSecret, looksLikeVendorKey } from '../secretShape';
import { bodies } from './bodies';

const INSTANT_RULE = 'a whole number of milliseconds since 1970';

/** What surrounds the body: types say so much already, but plain JavaScript calls this, too. */
const malformedEnvelope = (command: Command): Refusal | null => {
  if (!WorkspaceId.is(command.workspaceId)) return invalidInput('workspaceId', ID_RULE);
  if (!CommandId.is(command.commandId)) return invalidInput('commandId', ID_RULE);
  if (!CorrelationId.is(command.correlationId)) return invalidInput('correlationId', ID_RULE);
  if (!CausationId.is(command.causationId)) {
    return invalidInput('causationId', '1 to 128 of the characters A-Z a-z 0-9 _ . : @ -');
  }
  if (!Actor.is(command.actor)) {
    return invalidInput('actor', ACTOR_RULE);
  }
  if (command.caseId !== undefined && !CaseId.is(command.caseId)) return invalidInput('caseId', CASE_RULE);
  if (!Instant.is(command.time)) return invalidInput('time', INSTANT_RULE);
  if (!Instant.is(command.issuedAt)) return invalidInput('issuedAt', INSTANT_RULE);
  return null;
};

/** Texts that people write: anything may be pasted into them. All others are ids and codes that programs make. */
const WRITTEN_BY_PEOPLE: ReadonlySet<string> = new Set([
  'label',
  'caseId',
  'reportedBy',
  'revokedBy',
  'source',
  'reason',
  'note',
]);
const OPAQUE: ReadonlySet<string> = new Set(['fingerprint']);

const fieldWithSecret = (field: string, value: unknown): string | null => {
  if (typeof value === 'string') {
    const suspicious = WRITTEN_BY_PEOPLE.has(field) ? looksLikeSecret(value) : looksLikeVendorKey(value);
    return suspicious ? field : null;
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, member] of Object.entries(value)) {
    const found = OPAQUE.has(name) ? null : fieldWithSecret(Array.isArray(value) ? field : name, member);
    if (found !== null) return found;
  }
  return null;
};

const RULES: Readonly<Record<string, string>> = {
  label: LABEL_RULE,
  last4: 'the last 4 characters of the key, printable ASCII',
  fingerprint: '16 to 128 of the characters A-Z a-z 0-9 _ -',
  endpoint: 'an address of at most 256 printable ASCII characters without spaces',
  region: '1 to 64 of the characters A-Z a-z 0-9 _ . -',
  model: '1 to 128 printable ASCII characters without spaces',
  keyId: ID_RULE,
  successor: ID_RULE,
  runId: ID_RULE,
  projectId: ID_RULE,
  caseId: CASE_RULE,
  expiresAt: `${INSTANT_RULE}, or null`,
  suspectedSince: `${INSTANT_RULE}, or null`,
  reportedBy: REMARK_RULE,
  revokedBy: REMARK_RULE,
  source: REMARK_RULE,
  note: REMARK_RULE,
  usedElsewhere: 'yes, no or unknown',
  stranger: 'yes, no or unknown',
  leftOpen: `steps, each of them once, with a reason of ${REMARK_RULE}`,
  vendor: VENDOR_RULE,
};

/** The first member that does not fit; the whole when none can be named. */
const brokenField = (codec: t.Mixed, value: object, whole: string): string | null => {
  if (codec.is(value)) return null;
  const structure = structureOf(codec);
  if (structure.kind !== 'object') return whole;
  const fields: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(value));
  const given = Object.entries(structure.optional).filter(([name]) => fields[name] !== undefined);
  const members = [...Object.entries(structure.required), ...given];
  const broken = members.find(([name, member]) => !member.is(fields[name]));
  return broken?.[0] ?? whole;
};

const malformedBody = ({ body }: Command): Refusal | null => {
  if (!Object.hasOwn(bodies, body.type)) return invalidInput('type', 'the type of a command');
  const field = brokenField(bodies[body.type], body, body.type);
  return field === null ? null : invalidInput(field, RULES[field] ?? `what ${body.type} takes`);
};

/** Refuses a command that could not be written down, or that would write down what looks like a secret. */
export const checkCommand = (command: Command): Refusal | null => {
  const malformed = malformedEnvelope(command);
  if (malformed !== null) return malformed;
  const field = fieldWithSecret('command', {
    workspaceId: command.workspaceId,
    commandId: command.commandId,
    correlationId: command.correlationId,
    causationId: command.causationId,
    actor: command.actor,
    caseId: command.caseId,
    body: command.body,
  });
  return field === null ? malformedBody(command) : textContainsSecret(field);
};

/** Refuses what the event's codec would not read back: no event is emitted that stops a later fold. */
export const checkEvents = (events: ReadonlyArray<KeyringEvent>): Refusal | null => {
  for (const { type, data } of events) {
    const field = brokenField(payloads[type], data, type);
    if (field !== null) return invalidInput(field, `what the event ${type} can hold`);
  }
  return null;
};
