import type { DestructionCertificate, ExposureAnswer, KnownKey } from 'keyturn';
import type { ReportParts } from '@keyturn/pages';
import { invalidInput } from '../../problems/problem';
import { instantOf } from '../frame/filters';
import type { Form } from '../frame/form';
import { need } from '../frame/need';
import type { Visit } from '../frame/page';
import { standingOf } from './ofCase';

/** The field in which the vendor's usage goes up again: escaped, since a page names characters that can't be seen. */
export const USAGE_AGAIN = 'usageAgain';

/** Which report is asked for, as its form has it. */
export interface AskedExposure {
  readonly since: string;
  readonly until: string;
  readonly habits: boolean;
  /** What the vendor counted; empty for nothing. */
  readonly usage: string;
}

/** What was read as a text of the vendor's. @throws ProblemError `invalid-input` */
const usageIn = (text: (name: string) => string): string => {
  const written = text('usage').replace(/^\uFEFF/, '');
  if (written !== '') return written;
  try {
    return decodeURIComponent(text(USAGE_AGAIN));
  } catch {
    throw invalidInput('usage', 'the text of a file');
  }
};

/** What a form, or an address, asks for. @throws ProblemError `invalid-input` */
export const askedIn = (text: (name: string) => string): AskedExposure => ({
  since: text('since'),
  until: text('until'),
  habits: text('habits') === 'true',
  usage: usageIn(text),
});

export const askedInForm = (form: Form): AskedExposure => askedIn(form.text);

/** The same report again, over the very window that it was made of. */
export const asMade = ({ since, until }: ExposureAnswer['window'], asked: AskedExposure): AskedExposure => ({
  ...asked,
  since: exactly(since),
  until: exactly(until),
});

/** `2026-11-29T10:30:00.123`: a time as forms send it, and to the millisecond. */
const exactly = (at: number): string => new Date(at).toISOString().slice(0, -1);

/**
 * `pasted`: the key itself, to be looked for in other workspaces.
 *
 * @throws ProblemError `not-permitted`, `invalid-input`; and what the door refuses
 */
export const exposureOf = async (
  visit: Visit,
  { keyId }: Pick<KnownKey, 'keyId'>,
  { since, until, habits, usage }: AskedExposure,
  pasted?: string,
): Promise<ExposureAnswer> => {
  need(visit, 'ReadAudit');
  const [from, before] = [instantOf('since', since), instantOf('until', until)];
  return visit.keyturn.support.exposure(visit.ctx, {
    keyId,
    habits,
    ...(from === undefined ? {} : { since: from }),
    ...(before === undefined ? {} : { until: before }),
    ...(pasted === undefined ? {} : { pasted }),
    ...(usage.trim() === '' ? {} : { usage: new TextEncoder().encode(usage) }),
  });
};

/** Not yet proven is no reason to show nothing else. */
const certificateOf = async (
  { keyturn, ctx }: Visit,
  { keyId, destroyedAt }: KnownKey,
): Promise<DestructionCertificate | null> =>
  destroyedAt === null ? null : keyturn.support.certificate(ctx, { keyId });

/** A report with the case that it is looked at under, and with the key's certificate. */
export const reportParts = async (visit: Visit, report: ExposureAnswer): Promise<ReportParts> => {
  const { caseId } = visit;
  const { key } = report;
  const standing = await standingOf(visit, key.keyId);
  return {
    report,
    leakCase: caseId === null || standing === null ? null : { caseId, key: standing },
    certificate: await certificateOf(visit, key),
  };
};
