import type { AdminRule } from '../admin/adminApi';
import type { AnswerMeaning, AnswerRule, FailureCause } from '../answerRules';

/** When a rule applies; what is left out is not asked about. */
interface When {
  readonly codes?: ReadonlyArray<string>;
  readonly phrases?: ReadonlyArray<string>;
  readonly unless?: ReadonlyArray<string>;
  readonly cause?: FailureCause;
}

/** A rule about errors in the vendor's own form. */
export const rule = (
  status: AnswerRule['status'],
  means: AnswerMeaning,
  { codes, phrases, unless = [], cause }: When,
): AnswerRule => ({
  status,
  codes: codes ?? null,
  phrases: phrases ?? null,
  unless,
  body: 'error',
  means,
  cause: cause ?? null,
});

/** A rule about a status, whatever the body: gateways before the vendor count too. */
export const anyBody = (
  status: AnswerRule['status'],
  means: AnswerMeaning,
  unless: ReadonlyArray<string> = [],
): AnswerRule => ({ ...rule(status, means, { unless }), body: 'any' });

/** A rule about errors of the vendor's calls for administrators, in its own form. */
export const adminRule = (
  status: AdminRule['status'],
  means: AdminRule['means'],
  { codes, phrases, unless = [] }: Omit<When, 'cause'>,
): AdminRule => ({ status, codes: codes ?? null, phrases: phrases ?? null, unless, body: 'error', means });

/** A rule about a status of those calls, whatever the body. */
export const adminAnyBody = (status: AdminRule['status'], means: AdminRule['means']): AdminRule => ({
  ...adminRule(status, means, {}),
  body: 'any',
});
