import { action } from '../api/action';
import { objectWith } from '../codecs/codec';
import { Id, Pasted } from '../codecs/inputs';
import { LeakChecked } from '../codecs/supportAnswers';

/** Once more is a check of its own, and so has no idempotency: each is one of the answers in a row. */
export const checkRoute = action({
  id: 'checkLeak',
  path: '/workspaces/{workspaceId}/support/check',
  summary: 'Ask the vendor once whether a leaked key still works',
  description:
    'Of a destroyed key hand over the key itself: its fingerprint has to match, and nothing is stored.',
  tag: 'Leak review',
  permission: 'RecordKillCheck',
  scope: 'workspace',
  isStepUp: true,
  takesAdminCredential: false,
  body: objectWith('CheckLeakInput', { keyId: Id, caseId: Id }, { pasted: Pasted }),
  answer: LeakChecked,
  ask: ({ keyturn, ctx, body }) => keyturn.support.check(ctx, body),
});
