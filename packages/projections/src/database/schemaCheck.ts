import { hash } from 'node:crypto';
import { alterations, schemaOf, type SchemaObject } from '@keyturn/sqlite';
import { ProjectionFault } from '../faults';
import { identities, type ProjectionName } from '../runtime/projector';
import type { Checkpoint, Checkpoints } from './checkpoints';
import { KNOWN_SCHEMA, SHARED, type KnownObject } from './knownSchema';
import type { ReadModelFile } from './readModelFile';

const GENERATION = /_g([0-9]+)$/;

const isProjection = (name: string): name is ProjectionName => Object.hasOwn(identities, name);

const isCurrent = ({ projector, version }: Checkpoint): boolean =>
  isProjection(projector) && identities[projector].version === version;

const digestOf = (sql: string, generation: string): string =>
  hash('sha256', sql.replaceAll(`_g${generation}"`, '_g"'), 'base64url').slice(0, 22);

const named = (name: string, generation: number | null): string =>
  generation === null ? name : `${name}_g${generation}`;

/** The known statements by their digests: their whole text is as long as that of this package. */
const inGeneration =
  (generation: number | null) =>
  ({ type, name, table, digest }: KnownObject): SchemaObject => ({
    type,
    name: type === 'view' ? name : named(name, generation),
    table: type === 'view' ? name : named(table, generation),
    sql: digest,
  });

const ofCheckpoint = ({ projector, live }: Checkpoint): ReadonlyArray<KnownObject> =>
  isProjection(projector) ? KNOWN_SCHEMA[projector].filter(({ type }) => live || type !== 'view') : [];

/** Tables and indexes of a generation that another release made, and its views: they are not known here. */
const madeElsewhere = (others: ReadonlyArray<Checkpoint>, { type, table }: SchemaObject): boolean => {
  if (type === 'view') return others.length > 0;
  const generation = Number(GENERATION.exec(table)?.[1]);
  return type !== 'trigger' && others.some((other) => other.generation === generation);
};

/** What stands in the file, with the digests of its statements. Views are those of the generation that is live. */
export const presentSchema = (
  { writer }: Pick<ReadModelFile, 'writer'>,
  checkpoints: ReadonlyArray<Checkpoint>,
): ReadonlyArray<SchemaObject> => {
  const shownBy = new Map(
    checkpoints
      .filter(({ live }) => live)
      .flatMap((checkpoint) =>
        ofCheckpoint(checkpoint).map(({ name }) => [name, checkpoint.generation] as const),
      ),
  );
  return schemaOf(writer).map((object) => {
    const generation = GENERATION.exec(object.table)?.[1] ?? shownBy.get(object.name) ?? '';
    return { ...object, sql: digestOf(object.sql, String(generation)) };
  });
};

/**
 * Throws `read-model-altered` where the file has anything but what this release makes. What another release has made
 * goes by the names of its tables; a trigger never does.
 */
export const requireKnownSchema = (
  file: Pick<ReadModelFile, 'writer' | 'file'>,
  checkpoints: Checkpoints,
): void => {
  // One state of the file: another process may be swapping tables.
  const found = file.writer.transaction('deferred', () => {
    const stored = checkpoints.all();
    const ours = stored.filter(isCurrent);
    const others = stored.filter((checkpoint) => !isCurrent(checkpoint));
    const known = ours.flatMap((checkpoint) =>
      ofCheckpoint(checkpoint).map((object) => ({
        object: inGeneration(checkpoint.generation)(object),
        optional: object.late && !checkpoint.indexed,
      })),
    );
    const required = known.filter(({ optional }) => !optional).map(({ object }) => object);
    const optional = known.filter((each) => each.optional).map(({ object }) => object);
    const isKnown = new Set(known.map(({ object }) => object.name));
    const present = presentSchema(file, stored).filter(
      (object) => isKnown.has(object.name) || !madeElsewhere(others, object),
    );
    return alterations(present, { required: [...SHARED.map(inGeneration(null)), ...required], optional });
  });
  if (found.length === 0) return;
  throw new ProjectionFault(
    'read-model-altered',
    `The read model ${file.file} has something in it that is not ours: ${found.join('; ')}. It could change what ` +
      'lists and audit log show: find out who made it, then move the file away and open again. Everything in it is ' +
      'rebuilt from the event store.',
  );
};
