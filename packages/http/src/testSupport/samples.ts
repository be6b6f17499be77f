import type * as t from 'io-ts';
import type { RouteFace } from '../api/route';
import { noteOf } from '../codecs/codec';
import { structureOf } from '../codecs/structure';

/** The smallest value that a codec takes, or almost: texts are the one that is given. */
const sampleOf = (codec: t.Mixed, text: string): unknown => {
  const structure = structureOf(codec);
  switch (structure.kind) {
    case 'object':
      return Object.fromEntries(
        Object.entries(structure.required).map(([name, member]) => [name, sampleOf(member, text)]),
      );
    case 'union':
      return structure.of[0] === undefined ? null : sampleOf(structure.of[0], text);
    case 'list':
      return [];
    case 'refinement':
      return sampleOf(structure.of, text) === 0 ? (noteOf(codec).minimum ?? 0) : sampleOf(structure.of, text);
    case 'words':
      return structure.of[0];
    case 'constant':
      return structure.value;
    case 'string':
      return text;
    case 'number':
      return 0;
    case 'boolean':
      return false;
    default:
      return null;
  }
};

/** Every member of an object that takes a text. */
export const textMembers = (codec: t.Mixed): ReadonlyArray<string> => {
  const structure = structureOf(codec);
  if (structure.kind !== 'object') return [];
  return Object.entries({ ...structure.required, ...structure.optional }).flatMap(([name, member]) => {
    const sample = sampleOf(member, 'a-text');
    return sample === 'a-text' ? [name] : [];
  });
};

/** What is sent to a route. */
export interface Sample {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: unknown;
}

const fields = (codec: t.Mixed, text: string): ReadonlyArray<readonly [string, string]> =>
  Object.entries(sampleOf(codec, text) ?? {}).map(([name, value]) => [name, String(value)] as const);

/** A request that a route takes, with a text wherever any fits. */
export const sampleRequest = (face: RouteFace, workspaceId: string, text = 'x1x1x1'): Sample => {
  const params = new Map([['workspaceId', workspaceId], ...fields(face.params, text)]);
  return {
    method: face.method,
    path: face.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
      encodeURIComponent(params.get(name) ?? ''),
    ),
    query: new URLSearchParams(Object.fromEntries(fields(face.query, text))).toString(),
    body: face.body === null ? undefined : sampleOf(face.body, text),
  };
};

export const pathOf = ({ path, query }: Sample): string => (query === '' ? path : `${path}?${query}`);
