import type { CertificateCheck as TheCheck, DestructionCertificate as TheCertificate } from 'keyturn';
import { list, nullable, object, word, type Codec } from './codec';
import { VerifiedLog } from './deploymentAnswers';
import { Receipt } from './keyAnswers';
import type { Plain } from './plain';
import { Instant, number, text } from './words';

const event = { revision: number, at: Instant, by: text, chain: text } as const;

/** The same receipt as elsewhere; there a `proof` that is not known may be undefined. */
const receipt = Receipt as unknown as Codec<Plain<TheCertificate['destroyed']['receipt']>>;

export const Certificate: Codec<Plain<TheCertificate>> = object('DestructionCertificate', {
  deploymentId: text,
  workspaceId: text,
  keyId: text,
  vendor: text,
  label: nullable(text),
  last4: text,
  added: object('CertifiedEvent', event),
  hardDeleted: object('CertifiedDeletion', {
    ...event,
    cause: word({ deleted: null, drained: null, emergency: null, 'workspace-closed': null }),
    caseId: nullable(text),
    interruptedRuns: number,
  }),
  destroyed: object('CertifiedDestruction', { ...event, receipt }),
  text,
});

export const CertificateCheck: Codec<Plain<TheCheck>> = object('CertificateCheck', {
  workspaceId: text,
  keyId: text,
  lines: number,
  findings: list(object('CertificateFinding', { line: number, says: nullable(text), log: nullable(text) })),
  logFindings: list(VerifiedLog),
});
