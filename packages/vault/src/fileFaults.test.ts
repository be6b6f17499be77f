import { describe, expect, test } from '@jest/globals';
import { errnoOf, fromFileSystem } from './fileFaults';

const failed = (code: string): Error => Object.assign(new Error('failed'), { code });

describe('an error of the file system', () => {
  test.each(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'EISDIR', 'EFBIG', 'EEXIST'])(
    '%s: the place is not writable, whatever is tried again',
    (code) => {
      const error = failed(code);
      const fault = fromFileSystem(error, 'create /srv/vault');
      expect(fault).toMatchObject({ code: 'not-writable', cause: error });
      expect(fault.message).toBe(
        `could not create /srv/vault (${code}): see to permissions and free space, then try again`,
      );
    },
  );

  test.each([
    ['EIO', failed('EIO')],
    ['unknown error', new Error('without a code')],
    ['unknown error', null],
  ])('any other, such as %s: it may be over', (told, error) => {
    const fault = fromFileSystem(error, 'create /srv/vault');
    expect(fault).toMatchObject({ code: 'unavailable', cause: error });
    expect(fault.message).toBe(`could not create /srv/vault (${told}): try again`);
  });

  test('has a code only if that is a text', () => {
    expect([failed('EIO'), { code: 5 }, 'EIO', undefined, null].map(errnoOf)).toEqual([
      'EIO',
      null,
      null,
      null,
      null,
    ]);
  });
});
