import type { CommandId, WorkspaceId } from '../ids';
import type { Instant } from '../instant';
import type { RefusalTable } from './table';

/** Refusals that any command may meet. */
export interface CommandRefusals {
  'wrong-workspace': { readonly workspaceId: WorkspaceId; readonly keyringOf: WorkspaceId };
  'command-id-reused': { readonly commandId: CommandId };
  'command-too-old': { readonly commandId: CommandId; readonly issuedAt: Instant; readonly horizon: Instant };
  'revision-conflict': { readonly expected: number; readonly actual: number };
  /** `field` names the input, `rule` says what it has to be. What it held is not repeated. */
  'invalid-input': { readonly field: string; readonly rule: string };
  'text-contains-secret': { readonly field: string };
  'clock-departs': { readonly now: Instant; readonly storeTime: Instant; readonly toleranceMs: number };
}

export const commandRefusals: RefusalTable<CommandRefusals> = {
  'wrong-workspace': {
    message: (f) =>
      `The command is for workspace ${f.workspaceId}, and this is the keyring of ${f.keyringOf}. Nothing was done.`,
    next: ['correct-input'],
  },
  'command-id-reused': {
    message: (f) =>
      `Command id ${f.commandId} was used before for another command. Nothing was done; ` +
      'send this one under an id of its own.',
    next: ['issue-anew'],
  },
  'command-too-old': {
    message: () =>
      'The command was issued so long ago that nobody remembers whether it was handled. Nothing was done; ' +
      'look at the keyring, then issue it anew if it is still wanted.',
    next: ['read-and-retry', 'issue-anew'],
  },
  'revision-conflict': {
    message: (f) =>
      `The keyring changed meanwhile: the command expects revision ${f.expected}, it is at ${f.actual}. ` +
      'Nothing was done; read it again, then decide.',
    next: ['read-and-retry'],
  },
  'invalid-input': {
    message: (f) => `${f.field} is not valid. It has to be ${f.rule}.`,
    next: ['correct-input'],
  },
  'text-contains-secret': {
    message: (f) =>
      `${f.field} looks as if it holds a key or another secret. Nothing was stored; ` +
      'take it out, since this text is kept and shown.',
    next: ['correct-input'],
  },
  'clock-departs': {
    message: (f) =>
      `This clock and the event store's are ${Math.abs(f.now - f.storeTime)} ms apart, ` +
      `more than ${f.toleranceMs} ms. No run was expired; set the clock right.`,
    next: ['correct-clock'],
  },
};
