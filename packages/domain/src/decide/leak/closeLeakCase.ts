import * as E from 'fp-ts/Either';
import type { KeyringEvent } from '../../events';
import { caseOf } from '../../leak/keyLeak';
import { leakOutcome, openSteps } from '../../leak/leakSteps';
import { refuse, type RefusalFacts } from '../../refusals/refusal';
import type { Handler } from '../handler';

/**
 * Closes the case for every key of the keyring that was reported under it.
 *
 * Refuses `unknown-leak-case`, and `leak-steps-open` unless the caller says of each open step why it stays so.
 */
export const closeLeakCase: Handler<'CloseLeakCase'> = ({ keyring }, { caseId, leftOpen }) => {
  const keys = [...keyring.leaks.values()].flatMap((leak) => {
    const key = keyring.keys.get(leak.keyId);
    const ofCase = caseOf(leak, caseId);
    return key === undefined || ofCase === undefined ? [] : [{ key, leak, ofCase }];
  });
  if (keys.length === 0) return E.left(refuse('unknown-leak-case', { caseId }));
  const left = new Set<string>(leftOpen.map(({ step }) => step));
  const events: KeyringEvent[] = [];
  const unfinished: RefusalFacts['leak-steps-open']['keys'][number][] = [];
  for (const { key, leak, ofCase } of keys) {
    if (ofCase.closed) continue;
    const open = openSteps(keyring, key, caseId).filter((step) => step !== 'close');
    const steps = open.filter((step) => !left.has(step));
    if (steps.length > 0) unfinished.push({ keyId: key.keyId, last4: key.last4, steps });
    events.push({
      type: 'LeakCaseClosed',
      data: {
        keyId: key.keyId,
        caseId,
        outcome: leakOutcome(leak, ofCase),
        leftOpen: leftOpen.filter(({ step }) => open.includes(step)),
      },
    });
  }
  return unfinished.length > 0
    ? E.left(refuse('leak-steps-open', { caseId, keys: unfinished }))
    : E.right(events);
};
