import { action } from '../api/action';
import { query, usual } from '../api/query';
import type { Route } from '../api/route';
import { Certificate, CertificateCheck } from '../codecs/certificateAnswers';
import { object, parameters } from '../codecs/codec';
import { after, keyInPath, LongText } from '../codecs/inputs';

const tag = 'Leak review';

export const certificateRoutes: ReadonlyArray<Route> = [
  query({
    ...usual,
    id: 'certifyDestruction',
    path: '/workspaces/{workspaceId}/keys/{keyId}/certificate',
    summary: "Certify that a key's secret was destroyed",
    tag,
    permission: 'ReadAudit',
    scope: 'workspace',
    params: keyInPath,
    query: parameters({}, after),
    answer: Certificate,
    ask: ({ keyturn, ctx, params, query: options }) => keyturn.support.certificate(ctx, params, options),
  }),
  action({
    id: 'checkCertificate',
    path: '/support/check-certificate',
    summary: 'Check a certificate against the log',
    description: 'It holds where neither list has a finding.',
    tag,
    permission: 'Verify',
    scope: 'all',
    isStepUp: false,
    takesAdminCredential: false,
    body: object('CheckCertificateInput', { text: LongText }),
    answer: CertificateCheck,
    ask: ({ keyturn, ctx, body, signal }) => keyturn.support.checkCertificate(ctx, body, { signal }),
  }),
];
