import { withinTime } from '@keyturn/vendors';
import * as E from 'fp-ts/Either';
import type { Failure } from '../failure';
import type { ServiceLog } from '../options';
import type { KillCheck, KillCheckAsked, LeakCheck } from './killCheck';

interface CheckInPassingParts {
  readonly killCheck: KillCheck;
  readonly log: ServiceLog;
  /** Milliseconds that the vendor gets for its word. */
  readonly killCheckWaitMs: number;
}

/** One kill check on the way to something else, which it never holds up: null where there was no answer in time. */
export type CheckInPassing = (check: Omit<KillCheckAsked, 'secret'>) => Promise<LeakCheck | null>;

type Checked = E.Either<Pick<Failure, 'code'>, LeakCheck>;

const FAILED: Checked = E.left({ code: 'defect' });

export const makeCheckInPassing =
  ({ killCheck, log, killCheckWaitMs }: CheckInPassingParts): CheckInPassing =>
  async (check) => {
    const checked = await withinTime(killCheckWaitMs, check.signal, (signal): Promise<Checked> =>
      killCheck({ ...check, secret: null, signal }),
    ).catch(() => FAILED);
    if (E.isRight(checked)) return checked.right;
    const { actor, workspaceId } = check.asked;
    const facts = { actor, workspaceId, keyId: check.key.keyId, code: checked.left.code };
    log.warn(facts, 'a key could not be checked at its vendor');
    return null;
  };
