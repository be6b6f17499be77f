import type { ExposureFacts } from './facts';
import type { RuleAnswer } from './rule';
import { afterDefaultMoved } from './rules/afterDefaultMoved';
import { afterReport } from './rules/afterReport';
import { burst } from './rules/burst';
import { firstActor } from './rules/firstActor';
import { firstOrigin } from './rules/firstOrigin';
import { firstProject } from './rules/firstProject';
import { keyringActs } from './rules/keyringActs';
import { refusedAttempts } from './rules/refusedAttempts';
import { sameSecretElsewhere } from './rules/sameSecretElsewhere';
import { unexplainedAtVendor } from './rules/unexplainedAtVendor';
import { unusualHour } from './rules/unusualHour';

/** What is asked for: habits change, so the two rules about them are off unless somebody wants them. */
export interface AskedRules {
  readonly habits: boolean;
}

/** Every rule's answer, in the order of the report. */
export const answersOf = (facts: ExposureFacts, { habits }: AskedRules): ReadonlyArray<RuleAnswer> => [
  unexplainedAtVendor(facts),
  afterReport(facts),
  afterDefaultMoved(facts),
  firstActor(facts),
  firstOrigin(facts),
  firstProject(facts),
  keyringActs(facts),
  refusedAttempts(facts),
  sameSecretElsewhere(facts),
  ...(habits ? [burst(facts), unusualHour(facts)] : []),
];
