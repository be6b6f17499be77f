import { describe, expect, test } from '@jest/globals';
import { trustArguments, WrongArguments } from './arguments';

const NAMES = ['kills', 'canaries'];
const read = (...words: ReadonlyArray<string>) => trustArguments(words, NAMES);

describe('the arguments of scripts/trust', () => {
  test('are none that have to be given', () => {
    expect(read()).toMatchObject({ durationMs: 480_000, only: [], json: false, faulty: false });
  });

  test('say how long, in minutes or hours', () => {
    expect(read('--minutes', '0.5')?.durationMs).toBe(30_000);
    expect(read('--hours', '2')?.durationMs).toBe(7_200_000);
  });

  test('name checks, a seed, and the form of the result', () => {
    expect(read('--only', 'kills,canaries', '--seed', '7', '--json')).toMatchObject({
      only: ['kills', 'canaries'],
      seed: 7,
      json: true,
    });
  });

  test('say how many honest commands are played', () => {
    expect(read()?.commands).toBeUndefined();
    expect(read('--commands', '1000000')?.commands).toBe(1_000_000);
    expect(() => read('--commands', '0')).toThrow(WrongArguments);
  });

  test('say whether faulty parts are to be found out', () => {
    expect(read('--faulty')?.faulty).toBe(true);
  });

  test.each([['--help'], ['-h']])('%s asks for help', (word) => {
    expect(read(word)).toBeNull();
  });

  test.each([
    ['--minutes', '0'],
    ['--minutes', 'soon'],
    ['--hours', '-1'],
    ['--hours', '1', '--minutes', '1'],
    ['--only', 'nothing'],
    ['--only', ''],
    ['--seed', '-1'],
    ['--seed', '2147483648'],
    ['--faster'],
    ['kills'],
  ])('%s %s are refused', (...words) => {
    expect(() => read(...words)).toThrow(WrongArguments);
  });
});
