import type { Refusal } from '@keyturn/domain';
import { EXIT_FAULT, EXIT_REFUSED, EXIT_USAGE } from '../exitStatus';
import { Refused, UsageError } from '../problems';
import { nextStepsLine } from './nextSteps';

/** What is said of a command that did not do what was asked. */
export interface FailureReport {
  readonly exitStatus: number;
  /** The document of `--json`. */
  readonly json: object;
  /** For standard error. */
  readonly lines: ReadonlyArray<string>;
}

const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'code' in value && 'message' in value && 'facts' in value;

/** The refusal that an error of ours, or of the service's promises, carries. */
export const refusalIn = (error: unknown): Refusal | null => {
  if (error instanceof Refused) return error.refusal;
  return error instanceof Error && 'refusal' in error && isRefusal(error.refusal) ? error.refusal : null;
};

interface CodedFault {
  readonly code: string;
  readonly message: string;
}

/** Every fault class of every package has a `_tag` and a `code`. By shape, so that packages are loaded only when used. */
const faultIn = (error: unknown): CodedFault | null => {
  if (!(error instanceof Error)) return null;
  if ('fault' in error && error.fault !== null) return faultIn(error.fault);
  if (!('_tag' in error && 'code' in error && typeof error.code === 'string')) return null;
  return { code: error.code, message: error.message };
};

const usage = (message: string): FailureReport => ({
  exitStatus: EXIT_USAGE,
  json: { usage: { message } },
  lines: [`keyturn: ${message}`],
});

/** Packages word their faults as sentences, or as phrases with a colon. */
const asSentence = (text: string): string => (/[.!?)]$/.test(text) ? text : `${text}.`);

const fault = ({ code, message: text }: CodedFault): FailureReport => {
  const message = asSentence(text);
  return {
    exitStatus: EXIT_FAULT,
    json: { fault: { code, message } },
    lines: [`keyturn: fault (${code}): ${message}`],
  };
};

/** Of an error that nobody foresaw its kind alone is told: its message could hold anything. */
const unforeseen = (error: unknown): FailureReport =>
  fault({
    code: 'defect',
    message: `Something failed that should not have (${error instanceof Error ? error.name : typeof error}). Run it again with KEYTURN_DEBUG=1 for the details, and report them.`,
  });

/** Tells refusals, usage errors and faults apart. */
export const failureReport = (error: unknown): FailureReport => {
  if (error instanceof UsageError) return usage(error.message);
  const refusal = refusalIn(error);
  if (refusal !== null) {
    const { code, message, facts } = refusal;
    const next = nextStepsLine(refusal);
    return {
      exitStatus: EXIT_REFUSED,
      json: { refused: { code, message, facts } },
      lines: [`keyturn: refused (${code}): ${message}`, ...(next === null ? [] : [next])],
    };
  }
  const known = faultIn(error);
  if (known === null) return unforeseen(error);
  return known.code === 'invalid-query' ? usage(known.message) : fault(known);
};
