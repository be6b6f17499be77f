import type { Command, CommandType } from '../commands';
import { unknownWorkspace } from '../refusals/outerRefusals';
import { refuse, type Refusal } from '../refusals/refusal';
import type { Keyring } from '../state/keyring';

/** What a command takes for granted of its workspace: that an event names it, and that it was not closed. */
interface Presumed {
  readonly known: boolean;
  readonly open: boolean;
}

const NOTHING: Presumed = { known: false, open: false };
const KNOWN: Presumed = { known: true, open: false };
const KNOWN_AND_OPEN: Presumed = { known: true, open: true };
const OPEN: Presumed = { known: false, open: true };

/** Nothing new begins in a closed workspace; what is under way comes to its end. */
const presumed: { readonly [T in CommandType]: Presumed } = {
  AddKey: OPEN,
  RelabelKey: KNOWN,
  SetKeyExpiry: KNOWN,
  AbandonAdd: NOTHING,
  StartTestCall: KNOWN_AND_OPEN,
  RecordValidation: NOTHING,
  SetDefault: KNOWN_AND_OPEN,
  ClearProjectDefault: KNOWN_AND_OPEN,
  DeleteKey: KNOWN,
  HardDeleteKey: KNOWN,
  ReportLeak: KNOWN,
  WithdrawLeakReport: KNOWN,
  SuspendKey: KNOWN,
  ReinstateKey: KNOWN,
  RecordKillCheck: KNOWN,
  RecordRevocation: KNOWN,
  RecordLeakReview: KNOWN,
  CloseLeakCase: KNOWN,
  StartRun: KNOWN_AND_OPEN,
  ResumeRun: KNOWN_AND_OPEN,
  FinishRun: KNOWN,
  ExpireRuns: NOTHING,
  ConfirmDestruction: NOTHING,
  RenewLogKey: NOTHING,
  AcceptLog: NOTHING,
  DisownEvents: NOTHING,
  CloseWorkspace: KNOWN,
  DestroyWorkspaceKeys: NOTHING,
};

/** Refuses what can't be done in a workspace that no event names, or in one that was closed. */
export const checkStanding = (
  { workspaceId: known, closed }: Keyring,
  { workspaceId, body }: Command,
): Refusal | null => {
  const needs = presumed[body.type];
  if (needs.known && known === null) return unknownWorkspace(workspaceId);
  if (needs.open && closed !== null) {
    return refuse('workspace-closed', { workspaceId, caseId: closed.caseId, closedAt: closed.at });
  }
  return null;
};
