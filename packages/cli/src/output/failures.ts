import { isKeyturnError, type KeyturnFault, type KeyturnRefusal } from 'keyturn';
import { EXIT_FAULT, EXIT_REFUSED, EXIT_USAGE } from '../exitStatus';
import { CommandFault, Misnamed, NotConfirmed, UsageError } from '../problems';
import { faultStepsLine, nextStepsLine } from './nextSteps';

/** What is said of a command that did not do what was asked. */
export interface FailureReport {
  readonly exitStatus: number;
  /** The document of `--json`. */
  readonly json: object;
  /** For standard error. */
  readonly lines: ReadonlyArray<string>;
}

const lineOrNone = (line: string | null): ReadonlyArray<string> => (line === null ? [] : [line]);

const usage = (message: string, help: string | null = null): FailureReport => ({
  exitStatus: EXIT_USAGE,
  json: { usage: { message } },
  lines: [`keyturn: ${message}`, ...(help === null ? [] : ['', ...help.trimEnd().split('\n')])],
});

const notConfirmed = (message: string): FailureReport => ({
  exitStatus: EXIT_REFUSED,
  json: { refused: { code: 'not-confirmed', message, facts: { next: [] } } },
  lines: [`keyturn: ${message}`],
});

const refused = (refusal: KeyturnRefusal): FailureReport => {
  const { code, message, facts } = refusal;
  return {
    exitStatus: EXIT_REFUSED,
    json: { refused: { code, message, facts } },
    lines: [`keyturn: refused (${code}): ${message}`, ...lineOrNone(nextStepsLine(refusal))],
  };
};

const misnamed = ({ refusal, nearest }: Misnamed): FailureReport => {
  const { code, message, facts } = refusal;
  const report = refused(refusal);
  return {
    ...report,
    json: { refused: { code, message, facts: { ...facts, nearest } } },
    lines: [...report.lines, `Did you mean ${nearest}?`],
  };
};

const fault = ({
  code,
  message,
  next,
}: Pick<KeyturnFault, 'message' | 'next'> & { readonly code: string }) => ({
  exitStatus: EXIT_FAULT,
  json: { fault: { code, message, next } },
  lines: [`keyturn: fault (${code}): ${message}`, ...lineOrNone(faultStepsLine(next))],
});

/** Of an error that nobody foresaw its kind alone is told: its message could hold anything. */
const unforeseen = (error: unknown): FailureReport =>
  fault({
    code: 'defect',
    message:
      `Something failed that should not have (${error instanceof Error ? error.name : typeof error}). ` +
      'Run it again with KEYTURN_DEBUG=1 for the details, and report them.',
    next: ['report'],
  });

/** An option that Keyturn does not take comes from one of ours. */
const USAGE: ReadonlyArray<string> = ['invalid-query', 'bad-option'];

/** Tells refusals, usage errors and faults apart. */
export const failureReport = (error: unknown): FailureReport => {
  if (error instanceof UsageError) return usage(error.message, error.help);
  if (error instanceof Misnamed) return misnamed(error);
  if (error instanceof NotConfirmed) return notConfirmed(error.message);
  if (error instanceof CommandFault) return fault({ code: error.code, message: error.message, next: [] });
  if (!isKeyturnError(error)) return unforeseen(error);
  if (error.kind === 'refusal') return refused(error);
  // What a function of ours threw, such as the one that asks for a passphrase.
  if (error.cause instanceof UsageError || error.cause instanceof CommandFault)
    return failureReport(error.cause);
  if (error.code === 'unexpected') return unforeseen(error.cause);
  return USAGE.includes(error.code) ? usage(error.message) : fault(error);
};
