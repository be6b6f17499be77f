import { describe, expect, test } from '@jest/globals';
import { REAL_TRANSCRIPT, replay, transcriptsWhere } from './testSupport/replay';

describe('a transcript replays as it is written', () => {
  test.each(transcriptsWhere(false).filter((file) => file !== REAL_TRANSCRIPT))(
    '%s',
    async (file) => {
      const { now, expected } = await replay(file);
      expect(now).toBe(expected);
    },
    240_000,
  );
});
