import type { LeakCaseKeyStanding, LeakStepStanding } from 'keyturn';

type Step = LeakStepStanding['step'];
type CommandOf = (of: string, key: LeakCaseKeyStanding, inCase: string) => string;

const revoke: CommandOf = (of) => `keyturn leak revoke ${of}`;

const COMMANDS: { readonly [S in Step]: CommandOf } = {
  find: (_, { keyId }) => `keyturn leak find --key ${keyId}`,
  report: (of) => `keyturn leak report ${of}`,
  'stop-stranger': revoke,
  successor: (_, { workspaceId, vendor }, inCase) =>
    `keyturn keys add --workspace ${workspaceId} --vendor ${vendor} ${inCase}; ` +
    `keyturn keys set-default NEWKEY --workspace ${workspaceId} --with-projects ${inCase}`,
  revoke,
  'kill-check': (of) => `keyturn leak check ${of}`,
  'hard-delete': (of) => `keyturn keys hard-delete ${of}`,
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
