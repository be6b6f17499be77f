import type { CommandType } from '../commands';
import { abandonAdd, addKey } from './addKey';
import { clearProjectDefault, setDefault } from './defaults';
import { confirmDestruction, deleteKey, hardDeleteKey } from './deleteKey';
import { expireRuns, finishRun } from './endRuns';
import { closeWorkspace, destroyWorkspaceKeys } from './closeWorkspace';
import type { BodyOf, Handler, Situation, Verdict } from './handler';
import { relabelKey, setKeyExpiry } from './keyDetails';
import { closeLeakCase } from './leak/closeLeakCase';
import { recordKillCheck, recordLeakReview, recordRevocation } from './leak/recordLeak';
import { reportLeak, withdrawLeakReport } from './leak/reportLeak';
import { reinstateKey, suspendKey } from './leak/suspendKey';
import { acceptLog, disownEvents, renewLogKey } from './log';
import { resumeRun, startRun } from './startRun';
import { recordValidation, startTestCall } from './testCall';

const handlers: { readonly [T in CommandType]: Handler<T> } = {
  AddKey: addKey,
  RelabelKey: relabelKey,
  SetKeyExpiry: setKeyExpiry,
  AbandonAdd: abandonAdd,
  StartTestCall: startTestCall,
  RecordValidation: recordValidation,
  SetDefault: setDefault,
  ClearProjectDefault: clearProjectDefault,
  DeleteKey: deleteKey,
  HardDeleteKey: hardDeleteKey,
  ReportLeak: reportLeak,
  WithdrawLeakReport: withdrawLeakReport,
  SuspendKey: suspendKey,
  ReinstateKey: reinstateKey,
  RecordKillCheck: recordKillCheck,
  RecordRevocation: recordRevocation,
  RecordLeakReview: recordLeakReview,
  CloseLeakCase: closeLeakCase,
  StartRun: startRun,
  ResumeRun: resumeRun,
  FinishRun: finishRun,
  ExpireRuns: expireRuns,
  ConfirmDestruction: confirmDestruction,
  RenewLogKey: renewLogKey,
  AcceptLog: acceptLog,
  DisownEvents: disownEvents,
  CloseWorkspace: closeWorkspace,
  DestroyWorkspaceKeys: destroyWorkspaceKeys,
};

/** Gives the body to the handler of its type. */
export const handle = <T extends CommandType>(type: T, situation: Situation, body: BodyOf[T]): Verdict =>
  handlers[type](situation, body);
