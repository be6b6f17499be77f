import type * as t from 'io-ts';
import { Actor, ACTOR_RULE } from './actor';
import {
  CASE_RULE,
  CaseId,
  CommandId,
  CorrelationId,
  ID_RULE,
  KeyId,
  ProjectId,
  RunId,
  Vendor,
  VENDOR_RULE,
  WorkspaceId,
} from './ids';

/**
 * Thrown by the constructors of ids. Names the kind of id and its rule, and never repeats the text: a secret may have
 * been passed by mistake.
 */
export class InvalidId extends TypeError {
  readonly _tag = 'InvalidId';
  constructor(
    /** Such as `WorkspaceId`. */
    readonly kind: string,
    readonly rule: string,
  ) {
    super(`Not a ${kind}. It has to be ${rule}.`);
    this.name = 'InvalidId';
  }
}

const orThrow = <A>(codec: t.Type<A, unknown>, rule: string, value: unknown): A => {
  if (codec.is(value)) return value;
  throw new InvalidId(codec.name, rule);
};

/**
 * A workspace's id out of a text.
 *
 * @throws {@link InvalidId} for anything but 1 to 64 of the characters A-Z a-z 0-9 _ -
 * @example
 * workspaceId('acme')
 */
export const workspaceId = (text: string): WorkspaceId => orThrow(WorkspaceId, ID_RULE, text);

/**
 * A key's id out of a text. @throws {@link InvalidId} as {@link workspaceId} does.
 *
 * @example
 * keyId('6f1c2f6e-6a3b-4c2e-9d5b-0d6d3c7f9a10')
 */
export const keyId = (text: string): KeyId => orThrow(KeyId, ID_RULE, text);

/**
 * A run's id out of a text. @throws {@link InvalidId} as {@link workspaceId} does.
 *
 * @example
 * runId('run-17')
 */
export const runId = (text: string): RunId => orThrow(RunId, ID_RULE, text);

/**
 * A project's id out of a text. @throws {@link InvalidId} as {@link workspaceId} does.
 *
 * @example
 * projectId('docs')
 */
export const projectId = (text: string): ProjectId => orThrow(ProjectId, ID_RULE, text);

/**
 * A command's id out of a text. @throws {@link InvalidId} as {@link workspaceId} does.
 *
 * @example
 * commandId('add-key-1')
 */
export const commandId = (text: string): CommandId => orThrow(CommandId, ID_RULE, text);

/**
 * The id of a support case out of a text.
 *
 * @throws {@link InvalidId} for anything but 1 to 64 of the characters A-Z a-z 0-9 _ . : / # -
 * @example
 * caseId('SEC/1042')
 */
export const caseId = (text: string): CaseId => orThrow(CaseId, CASE_RULE, text);

/**
 * A correlation id out of a text. @throws {@link InvalidId} as {@link workspaceId} does.
 *
 * @example
 * correlationId('request-1')
 */
export const correlationId = (text: string): CorrelationId => orThrow(CorrelationId, ID_RULE, text);

/**
 * A vendor's slug out of a text.
 *
 * @throws {@link InvalidId} for anything but 1 to 32 of the characters a-z 0-9 -, or with - in front
 * @example
 * vendor('anthropic')
 */
export const vendor = (text: string): Vendor => orThrow(Vendor, VENDOR_RULE, text);

/**
 * Who acts.
 *
 * @throws {@link InvalidId} for an unknown kind, or an id that an identity provider would not give: see `ActorId`
 * @example
 * actor({ kind: 'user', id: 'ada' })
 */
export const actor = (given: {
  readonly kind: Actor['kind'];
  readonly id: string;
  readonly originRef?: string;
}): Actor => orThrow(Actor, ACTOR_RULE, given);
