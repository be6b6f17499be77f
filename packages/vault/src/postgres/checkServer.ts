import type * as TE from 'fp-ts/TaskEither';
import { VaultFault } from '../faults';
import type { Proof } from '../vault';
import type { Database } from './connection';
import { majorVersion, missingRights, OLDEST } from './rights';
import { keepsOldBytes, logsSealedBytes, readSettings } from './serverSettings';

/**
 * Whether a vault may be made there: what is deleted can be destroyed and that be seen, and nothing sealed goes to the
 * server's log. All that is missing is said at once. Not asked when a vault is opened: keys still open on a server that
 * was changed since, and each shred asks again.
 */
export const checkServer =
  (proof: Proof) =>
  ({ run, name }: Database): TE.TaskEither<VaultFault, void> =>
    run(async (session) => {
      const refuse = (why: string): never => {
        throw new VaultFault('unavailable', `no vault is made in ${name}: ${why}. See docs/postgresql.md`);
      };
      const version = await majorVersion(session);
      if (version < OLDEST) refuse(`the server is PostgreSQL ${version}, and ${OLDEST} or newer is needed`);
      if (proof === 'row') return;
      const rights = await missingRights(session);
      const settings = await readSettings(session);
      const wrong = [
        ...rights.map((grant) => `run as a superuser there: ${grant}`),
        ...keepsOldBytes(settings),
        ...logsSealedBytes(settings),
      ];
      if (wrong.length > 0)
        refuse(
          `${wrong.join('; ')}. A managed server that can't be set so can have a vault with the proof row`,
        );
    });
