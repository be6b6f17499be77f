import type { EnvelopedEvent } from '@keyturn/domain';
import type { ExposureAnswer, ExposureReport, Keyturn } from 'keyturn';
import { belowTheDoor } from '../belowTheDoor';
import { newDeployment } from '../deployment';
import { laidDown } from './laidDown';
import type { PlannedAct } from './planned';
import { HISTORY_MS, WINDOW_MS } from './shapes';

/** A Monday, so long ago that the store records everything behind the window. */
export const FROM = Date.UTC(2026, 0, 5);
export const UNTIL = FROM + HISTORY_MS;
/** Where the window of every report begins. */
export const SINCE = UNTIL - WINDOW_MS;

/** A report on a history that was made, and the events that it is about. */
export interface Reported {
  readonly report: ExposureReport;
  readonly events: ReadonlyArray<EnvelopedEvent>;
}

/** Makes reports on histories, each of a workspace of its own. */
export interface Reporting {
  /** Of the key that was Default when the window began. */
  readonly on: (acts: ReadonlyArray<PlannedAct>, usage?: string) => Promise<Reported>;
  readonly close: () => Promise<void>;
}

/** What is done to each report; nothing, but where a check is to find out one that is wrong. */
export type AlteredReport = (report: ExposureAnswer) => ExposureAnswer;

const founding: PlannedAct = {
  at: FROM,
  actor: 'user:ada',
  origin: null,
  does: { kind: 'add', key: 'key-1' },
};

const defaultAt = (acts: ReadonlyArray<PlannedAct>): string =>
  acts.reduce((key, { at, does }) => (does.kind === 'set-default' && at < SINCE ? does.key : key), 'key-1');

/** What rules of a report found something, by name. */
export const foundIn = ({ rules }: ExposureReport): ReadonlyArray<string> =>
  rules.filter(({ state }) => state === 'found').map(({ rule }) => rule);

export const newReporting = async (altered: AlteredReport = (report) => report): Promise<Reporting> => {
  const deployment = await newDeployment();
  const keyturn: Keyturn = await deployment.open();
  let numbered = 0;
  return {
    on: async (acts, usage) => {
      numbered += 1;
      const workspaceId = `ws-${numbered}`;
      const below = belowTheDoor(deployment);
      try {
        const all = [founding, ...acts];
        const events = await laidDown(
          await below.openEventStore(),
          await below.openVault(),
          workspaceId,
          all,
        );
        const report = await keyturn.support.exposure(
          { workspaceId, actor: { kind: 'support', id: 'grace' } },
          {
            keyId: defaultAt(all),
            since: SINCE,
            until: UNTIL,
            ...(usage === undefined ? {} : { usage: new TextEncoder().encode(usage) }),
          },
        );
        return { report: altered(report), events };
      } finally {
        await below.close();
      }
    },
    close: () => deployment.close(),
  };
};
