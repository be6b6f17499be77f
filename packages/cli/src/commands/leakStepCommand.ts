import type { LeakCaseKeyStanding, LeakStepStanding } from 'keyturn';

type Step = LeakStepStanding['step'];
type CommandOf = (of: string, key: LeakCaseKeyStanding, inCase: string) => string;

const revoke: CommandOf = (of) => `keyturn leak revoke ${of}`;

/** While nothing shows the key dead: afterwards nobody has the bytes to ask with. */
const hardDelete: CommandOf = (of, { steps, status }) => {
  const isOpen = steps.some(({ step, done }) => step === 'kill-check' && !done);
  return `keyturn keys hard-delete ${of}${isOpen && status !== 'hard-deleted' ? ' --now' : ''}`;
};

const COMMANDS: { readonly [S in Step]: CommandOf } = {
  find: (_, { keyId }) => `keyturn leak find --key ${keyId}`,
  report: (of) => `keyturn leak report ${of}`,
  'stop-stranger': revoke,
  successor: (_, { workspaceId, vendor }, inCase) =>
    `keyturn keys add --workspace ${workspaceId} --vendor ${vendor} ${inCase}; ` +
    `keyturn keys set-default NEWKEY --workspace ${workspaceId} --with-projects ${inCase}`,
  revoke,
  'kill-check': (of) => `keyturn leak check ${of}`,
  'hard-delete': hardDelete,
  review: (of) => `keyturn leak reviewed ${of}`,
  close: (_, { workspaceId }, inCase) => `keyturn leak close --workspace ${workspaceId} ${inCase}`,
};

/** `#1042` begins a comment in a shell. */
const quoted = (caseId: string): string =>
  /^[A-Za-z0-9][A-Za-z0-9/_.-]*$/.test(caseId) ? caseId : `'${caseId}'`;

/** The command that does a step of a case for a key, to be copied as it is. */
export const leakStepCommand = (key: LeakCaseKeyStanding, caseId: string, step: Step): string => {
  const inCase = `--case ${quoted(caseId)}`;
  return COMMANDS[step](`${key.keyId} --workspace ${key.workspaceId} ${inCase}`, key, inCase);
};
