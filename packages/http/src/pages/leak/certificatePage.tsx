import type { Page } from '../frame/page';
import { keyOf } from '../keys/keysOf';

/** That the key's secret is destroyed, as one text file. */
export const certificatePage: Page = {
  path: '/workspaces/:workspaceId/keys/:keyId/leak/certificate',
  permission: 'ReadAudit',
  show: async (visit) => {
    const { keyId, last4 } = await keyOf(visit);
    const { text } = await visit.keyturn.support.certificate(visit.ctx, { keyId });
    return { file: `certificate-${last4}-${keyId.slice(0, 8)}.txt`, type: 'text/plain', text };
  },
  act: null,
};
