import type { NameInLog } from 'keyturn';
import {
  list,
  noted,
  nullable,
  objectWith,
  parameters,
  pattern,
  upTo,
  wholeNumber,
  word,
  type Codec,
} from './codec';
import { AnyActorKind, EventType, flag, Instant } from './words';

/** Ids are looked at by the door, which says what is wrong with them. */
export const Id = noted(upTo(256), { rule: 'a text of at most 256 characters' });

export const Last4 = pattern('^[!-~]{4}$', "a key's last 4 characters");

/** Free texts are looked at by the door as well. */
export const Words = upTo(4_096);

/** A whole document. */
export const LongText = upTo(65_536);

/** What was pasted. It goes up in a body and never comes back. */
export const Pasted: Codec<string> = noted(upTo(16_384), {
  rule: 'a text of at most 16,384 characters',
  description: 'A key, or credential, as it was pasted. It is never given back.',
  writeOnly: true,
});

export const keyInPath = parameters({ keyId: Id }, {});

/** Read your own writes, across processes. */
export const after = {
  after: noted(upTo(64), { description: 'The `position` of an act: the answer has what that wrote.' }),
} as const;

export const paged = {
  limit: noted(wholeNumber(1, 1_000), { description: '50 when left out.' }),
  cursor: noted(upTo(512), { description: 'The `next` of the page before.' }),
} as const;

const span = { since: Instant, until: Instant } as const;

export const runsQuery = parameters(
  {},
  { keyId: Id, runId: Id, openOnly: flag, ...span, ...paged, ...after },
);

const auditChoice = {
  action: list(EventType),
  actorId: noted(upTo(256), { description: 'With `actorKind` of that kind alone.' }),
  actorKind: AnyActorKind,
  caseId: Id,
  correlationId: Id,
  keyId: list(Id),
  last4: list(Last4),
  originRef: Id,
  projectId: Id,
  runId: Id,
  ...span,
} as const;

const order: Codec<'newest-first' | 'oldest-first'> = word({ 'newest-first': null, 'oldest-first': null });

export const auditQuery = parameters({}, { ...auditChoice, order, ...paged, ...after });
export const auditCountQuery = parameters({}, { ...auditChoice, ...after });
export const auditExportQuery = parameters({}, { ...auditChoice, order, ...after });

export const refusedQuery = parameters(
  {},
  {
    keyId: Id,
    actorId: Id,
    actorKind: word<'user' | 'service' | 'support'>({ user: null, service: null, support: null }),
    code: Id,
    ...span,
    ...paged,
  },
);

const nameInLog: Codec<NameInLog> = word({
  actor: null,
  caseId: null,
  originRef: null,
  projectId: null,
  runId: null,
});

export const nearestInLogQuery = parameters({ kind: nameInLog, named: Id }, {});

export const AddKey = objectWith(
  'AddKeyInput',
  { vendor: Id, pasted: Pasted },
  {
    label: nullable(Words),
    expiresAt: nullable(Instant),
    endpoint: nullable(Words),
    region: nullable(Id),
    model: nullable(Id),
    clean: noted(flag, { description: 'Take off what does not belong to the key.' }),
    vendorIsCertain: flag,
    keyIsCertain: flag,
  },
);
