import { randomUUID as uuid } from 'node:crypto';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { addingKey, givePast } from './testSupport/pastOf';
import { openWorkshop } from './testSupport/workshop';

const FIRST = ['KeyAdded', 'DefaultChanged', 'KeyTestCallStarted', 'KeyValidated'];

describe('I-28: a clock that is ahead for one command', () => {
  const FAR_AHEAD = Date.UTC(2400, 0, 1);

  afterEach(() => {
    jest.restoreAllMocks();
  });

  test('blinds no window of any workspace, and where it went back the entry behind says so', async () => {
    const wrong = await openWorkshop({ init: 'copied' });
    try {
      await wrong.add('victim');
      const clock = jest.spyOn(Date, 'now').mockReturnValue(FAR_AHEAD);
      await wrong.add('other');
      clock.mockRestore();
      const mallory = ['--workspace', 'victim', '--as', 'user:mallory'];
      expect((await wrong.run(['runs', 'start', 'r1', ...mallory])).status).toBe(0);

      const today = new Date().toISOString().slice(0, 10);
      const window = ['--since', today, '--until', today];
      const { document, stderr } = await wrong.ask([
        ...['audit', 'list', '--workspace', 'victim', '--actor', 'user:mallory'],
        ...window,
      ]);
      expect(document).toMatchObject({
        clocksInDoubt: true,
        entries: [{ action: 'RunKeyPinned', clocksDiffer: false, recordedAfter: '2400-01-01T00:00:00.000Z' }],
      });
      const [doubt, ...others] = stderr.split('\n');
      expect(doubt).toMatch(
        /^Clock went back: #9 was recorded at \S+, behind #8, which was recorded at 2400-01-01T00:00:00.000Z\.$/,
      );
      expect(others).toEqual([
        'Seals not checked.',
        expect.stringMatching(/^Days are those of UTC: from \S+T00:00:00.000Z, before \S+T00:00:00.000Z\.$/),
        '',
      ]);
      const csv = (await wrong.run(['audit', 'export', '--since', '2399-01-01', '--csv'])).stdout;
      expect(csv.trimEnd().split('\n')).toHaveLength(1 + FIRST.length);
      expect(csv).toMatch(/,clocksDiffer,recordedAfter\n/);
    } finally {
      await wrong.close();
    }
  });

  test('an entry whose two times are far apart shows both, and both count', async () => {
    const wrong = await openWorkshop({ init: 'copied' });
    try {
      await givePast(wrong, 'acme', [addingKey(uuid())], Date.UTC(2025, 0, 2, 3, 4, 5));
      const words = ['audit', 'list', '--since', '2025-01-02', '--until', '2025-01-02'];
      const { stdout, stderr } = await wrong.run(words);
      expect(stdout).toMatch(/^1 +20\d\d-\d\d-\d\d \d\d:\d\d:\d\dZ, told 2025-01-02 03:04:05Z /m);
      expect(stderr).toMatch(
        /^Clocks differ: of #2, #1 the store's time and the service's are over five minutes/,
      );
      const today = new Date().toISOString().slice(0, 10);
      expect((await wrong.ask(['audit', 'list', '--since', today])).document).toMatchObject({
        clocksInDoubt: true,
        entries: [{ clocksDiffer: true }, { clocksDiffer: true }],
      });
    } finally {
      await wrong.close();
    }
  });
});
