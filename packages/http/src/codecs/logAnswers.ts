import type {
  AcceptableLoss as TheLoss,
  AllLogs as TheAllLogs,
  DisownedEvents as TheDisowned,
  LogAcceptance as TheAcceptance,
  LogStanding as TheStanding,
  StoppedWorkspace as TheStopped,
  UnsealedEnd as TheUnsealedEnd,
  WorkspaceLog as TheWorkspaceLog,
} from 'keyturn';
import * as t from 'io-ts';
import { list, nullable, object, word, type Codec } from './codec';
import type { Plain } from './plain';
import { flag, Instant, literal, number, text } from './words';

export const WorkspaceLog: Codec<Plain<TheWorkspaceLog>> = object('WorkspaceLog', {
  of: literal('workspace'),
  revision: number,
  sealedTo: nullable(number),
});

export const StoppedWorkspace: Codec<Plain<TheStopped>> = object('StoppedWorkspace', {
  workspaceId: text,
  stream: text,
  revision: number,
  code: word({
    'log-damaged': null,
    'undecodable-event': null,
    'incomplete-command': null,
    'stream-deleted': null,
    'stream-tombstoned': null,
    'stream-cut': null,
  }),
  message: text,
});

const AllLogs: Codec<Plain<TheAllLogs>> = object('AllLogs', {
  of: literal('all'),
  workspaces: number,
  sealedWorkspaces: number,
  stopped: list(StoppedWorkspace),
});

/** What vouches for an answer. */
export const LogStanding: Codec<Plain<TheStanding>> = t.union([WorkspaceLog, AllLogs]);

export const LogAcceptance: Codec<Plain<TheAcceptance>> = object('LogAcceptance', {
  known: number,
  left: number,
  lostKeys: list(text),
  keysWithoutSecret: list(text),
  hardDeletedAgain: list(text),
  revision: number,
  position: nullable(text),
});

export const DisownedEvents: Codec<Plain<TheDisowned>> = object('DisownedEvents', {
  from: number,
  to: number,
  digest: text,
  lossToAccept: flag,
  revision: number,
  position: nullable(text),
});

export const Losses: Codec<{ readonly losses: ReadonlyArray<Plain<TheLoss>> }> = object('Losses', {
  losses: list(object('AcceptableLoss', { workspaceId: text, obstacle: nullable(text) })),
});

const UnsealedEnd: Codec<Plain<TheUnsealedEnd>> = object('UnsealedEnd', {
  from: number,
  to: number,
  isHonestInPart: flag,
  events: list(
    object('UnsealedEvent', {
      eventId: text,
      type: text,
      revision: number,
      recordedAt: Instant,
      isCopy: flag,
    }),
  ),
});

export const Unsealed: Codec<{ readonly unsealed: Plain<TheUnsealedEnd> | null }> = object('Unsealed', {
  unsealed: nullable(UnsealedEnd),
});
