import * as t from 'io-ts';
import { ProjectId } from './ids';

/** What a Default is the Default of: the whole workspace, or one project of it. */
export const Scope = t.union([
  t.type({ kind: t.literal('workspace') }),
  t.type({ kind: t.literal('project'), projectId: ProjectId }),
]);
export type Scope = t.TypeOf<typeof Scope>;
