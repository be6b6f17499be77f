import type { NumberedStep } from '@keyturn/sqlite';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { VaultFault } from '../faults';
import type { OnStep, VaultFormat } from '../format';
import type { Database } from './connection';
import { haveAlone, readFormat } from './inUse';
import { requireKnownSchema } from './schemaCheck';
import type { Session } from './session';
import { requireTables } from './tables';

/** Another process may migrate between the look at the row and that at the catalog: then it looks again. */
const lookAt = async (session: Session, name: string): Promise<VaultFormat> => {
  const found = await readFormat(session, 'kept', name);
  try {
    await requireKnownSchema(session, name, found.format);
    return found;
  } catch (error) {
    if ((await readFormat(session, 'kept', name)).format === found.format) throw error;
    return lookAt(session, name);
  }
};

/** How the tables are stored. */
export const readFormatIn = ({ run, name }: Database): TE.TaskEither<VaultFault, VaultFormat> =>
  run(async (session) => {
    await requireTables(session, name);
    return lookAt(session, name);
  });

/** False where another process has taken it meanwhile. */
const takeStep = async (
  session: Session,
  { from, to, statements, needsRelease }: NumberedStep,
  name: string,
): Promise<boolean> => {
  await haveAlone(session, name);
  if ((await readFormat(session, 'kept', name)).format !== from) return false;
  await requireKnownSchema(session, name, from);
  for (const statement of statements) await session.query(statement);
  await session.query('UPDATE deployment SET format = $1, needs_release = $2', [to, needsRelease]);
  await requireKnownSchema(session, name, to);
  return true;
};

/** Takes the steps that are left, each in a transaction while nobody uses the vault. Gives those that it took. */
export const migrateTables = (database: Database, onStep: OnStep): TE.TaskEither<VaultFault, VaultFormat> =>
  pipe(
    readFormatIn(database),
    TE.chain((found) =>
      pipe(
        found.steps,
        TE.traverseSeqArray((step) =>
          pipe(
            TE.fromIO(() => onStep(step)),
            TE.chain(() => database.transaction((session) => takeStep(session, step, database.name))),
            TE.map((taken) => (taken ? [step] : [])),
          ),
        ),
        TE.map((steps) => ({ ...found, steps: steps.flat() })),
      ),
    ),
  );
