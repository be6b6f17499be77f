import fc from 'fast-check';
import { thatForgets, thatLeavesOut } from '../trust/faulty/stores';
import type { Findings, TrustCheck } from '../trust/check';
import { schedules as anySchedule } from './schedule';
import { openCommon, openSite, type SiteParts } from './site';
import { wrongAfter } from './wrongAfter';

/** Of a round, which has a vault and an event store of its own. */
const SCHEDULES = 10;

const runWith =
  (faulty: SiteParts): TrustCheck['run'] =>
  async ({ until, seed, progress }): Promise<Findings> => {
    let played = 0;
    const violations: string[] = [];
    for (let round = 0; round === 0 || (Date.now() < until && violations.length === 0); round += 1) {
      const common = await openCommon();
      try {
        const turns = fc.sample(anySchedule, { seed: (seed + round) | 0, numRuns: SCHEDULES });
        for (const each of turns) {
          const site = await openSite(common, faulty);
          try {
            violations.push(
              ...(await wrongAfter(site, each)).map((what) => `${what} (${JSON.stringify(each)})`),
            );
          } finally {
            await site.close();
          }
          played += 1;
          progress({ schedules: played });
          if (violations.length > 0 || (Date.now() >= until && played > 1)) break;
        }
      } finally {
        await common.close();
      }
    }
    return { figures: { schedules: played }, violations };
  };

/** Commands of two services are raced over three nodes, whatever goes wrong there. */
export const schedules: TrustCheck = {
  name: 'schedules',
  promise:
    'Over the protocol of EventStoreDB, whatever goes wrong there: ' +
    'nothing is lost, doubled or out of order, and read models are what a rebuild makes.',
  run: runWith({}),
  faulty: [
    {
      name: 'a store that forgets an added key, which it acknowledged',
      seen: /was told done, and the log has nothing of it/,
      run: runWith({ eventStore: thatForgets('KeyAdded') }),
    },
    {
      name: 'a store that leaves out events when all are read',
      seen: /read models are not what a rebuild makes/,
      run: runWith({ projected: thatLeavesOut('KeyAdded') }),
    },
  ],
};
