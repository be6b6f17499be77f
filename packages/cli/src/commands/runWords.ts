import type { RunPin } from 'keyturn';
import { endWords, statusOf } from '../exec/childStatus';
import type { RunWithCommand } from '../exec/execInRun';
import type { Report } from '../output/report';
import { isoOf, readableTime } from '../output/times';
import { destructionJson, destructionLine } from './keyWords';

const CHOICE: { readonly [C in RunPin['choice']]: string } = {
  'workspace-default': "the workspace's Default",
  'project-default': "the project's Default",
  'explicit-vendor': 'asked for by vendor',
  'explicit-key': 'asked for by key',
};

/** How a key was chosen, in words. */
export const choiceWords = (choice: RunPin['choice']): string => CHOICE[choice];

/** A pin as every JSON document has it. */
export const pinJson = (pin: RunPin): object => ({
  runId: pin.runId,
  projectId: pin.projectId,
  keyId: pin.keyId,
  vendor: pin.vendor,
  last4: pin.last4,
  choice: pin.choice,
  leaseUntil: isoOf(pin.leaseUntil),
});

/** The pin, for people: never the secret. */
export const pinLines = (pin: RunPin): ReadonlyArray<string> => [
  `Run ${pin.runId} uses …${pin.last4} (${pin.vendor}), ${choiceWords(pin.choice)}`,
  `Key ${pin.keyId}, until the run is finished or ${readableTime(pin.leaseUntil)}`,
];

/** A run whose command has ended. */
export const commandReport = ({ pin, end, outcome, released }: RunWithCommand): Report => ({
  json: {
    run: pinJson(pin),
    command: { exitStatus: end.code, signal: end.signal },
    outcome,
    destructions: released.destructions.map(destructionJson),
    keyringRevision: released.keyringRevision,
  },
  lines: [
    ...pinLines(pin),
    `The command ${endWords(end)}, so the run is finished: ${outcome}`,
    ...released.destructions.map(destructionLine),
  ],
  exitStatus: statusOf(end),
  linesToStderr: true,
});
