import { invalidInput } from '@keyturn/domain';
import type { Keyturn as Service, VerifyFinding as ServiceFinding } from '@keyturn/service';
import type { QueryOptions, ReaderContext } from '../context';
import { isKeyturnError, refusalError } from '../errors';
import { settled } from '../settle';
import { isId } from '../texts';
import { certifiedKeyIn } from './destructionCertificate';
import type { Certify } from './readCertificate';

/** A line of a certificate that is not so. */
export interface CertificateFinding {
  /** From 1. */
  readonly line: number;
  /** What the file says there; null where a line is missing. */
  readonly says: string | null;
  /** What the log says; null where it says nothing there. */
  readonly log: string | null;
}

/** What a check of a certificate came to. It holds where there is no finding. */
export interface CertificateCheck {
  readonly workspaceId: string;
  readonly keyId: string;
  readonly lines: number;
  readonly findings: ReadonlyArray<CertificateFinding>;
  /** What is wrong with the workspace's log, its seals, and its keys in the vault, whatever the certificate says. */
  readonly logFindings: ReadonlyArray<ServiceFinding>;
}

export interface CheckCertificateInput {
  /** The certificate's text. */
  readonly text: string;
}

export type CheckCertificate = (
  ctx: Pick<ReaderContext, 'actor'>,
  input: CheckCertificateInput,
  options?: QueryOptions & { readonly signal?: AbortSignal },
) => Promise<CertificateCheck>;

interface CheckParts {
  readonly certify: Certify;
  readonly service: Pick<Service, 'verify'>;
}

/** With these the log does not say what any certificate of the key says. */
const NOT_SO: ReadonlySet<string> = new Set([
  'unknown-key',
  'unknown-workspace',
  'key-not-hard-deleted',
  'shred-incomplete',
]);

/** A file may have been sent by mail: its line ends are no part of what it says. */
const linesOf = (text: string): ReadonlyArray<string> => {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  while (lines.at(-1) === '') lines.pop();
  return lines;
};

const differences = (
  file: ReadonlyArray<string>,
  now: ReadonlyArray<string>,
): ReadonlyArray<CertificateFinding> =>
  Array.from({ length: Math.max(file.length, now.length) }, (_, at) => ({
    line: at + 1,
    says: file[at] ?? null,
    log: now[at] ?? null,
  })).filter(({ says, log }) => says !== log);

export const makeCheckCertificate =
  ({ certify, service }: CheckParts): CheckCertificate =>
  async ({ actor }, { text }, options = {}) => {
    const file = linesOf(text);
    const key = certifiedKeyIn(file);
    if (key === null || !isId(key.workspaceId) || !isId(key.keyId)) {
      throw refusalError(invalidInput('text', 'a certificate of destruction, whole, as Keyturn wrote it'));
    }
    const { workspaceId, keyId } = key;
    const { signal, ...query } = options;
    const now = await certify({ workspaceId, actor }, { keyId }, query).then(
      (certificate) => linesOf(certificate.text),
      (error: unknown) => {
        if (isKeyturnError(error) && NOT_SO.has(error.code)) return [];
        throw error;
      },
    );
    const verified = await settled(
      service.verify({ workspaceId, actor }, { depth: 'whole', ...(signal === undefined ? {} : { signal }) }),
    );
    return {
      workspaceId,
      keyId,
      lines: file.length,
      findings: differences(file, now),
      logFindings: verified.findings,
    };
  };
