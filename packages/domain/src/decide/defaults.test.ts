import { describe, expect, test } from '@jest/globals';
import {
  accept,
  add,
  closeWorkspace,
  hardDelete,
  remove,
  setDefault,
  setDefaultWithProjects,
} from '../testSupport/commands';
import { given } from '../testSupport/given';

const three = ['k1', 'k2', 'k3'].flatMap((id) => [add(id), accept(id)]);
const onOld = [...three, setDefault('k1', 'web'), setDefault('k1', 'docs'), setDefault('k3', 'pinned')];
const moved = (project: string | null, from: string, to: string) => ({
  type: 'DefaultChanged',
  data: {
    scope: project === null ? { kind: 'workspace' } : { kind: 'project', projectId: project },
    keyId: to,
    previousKeyId: from,
    cause: 'set-default',
  },
});

describe('SetDefault with the projects that would stay on the old key', () => {
  test('moves them in one append, in order, and no project that is on another key', () => {
    expect(given(...onOld).when(setDefaultWithProjects('k2'))).toEqual({
      emitted: [moved(null, 'k1', 'k2'), moved('docs', 'k1', 'k2'), moved('web', 'k1', 'k2')],
    });
    expect(given(...onOld).when(setDefault('k2'))).toEqual({ emitted: [moved(null, 'k1', 'k2')] });
  });

  test('moves them afterwards, too: whoever was told of them asks again', () => {
    const told = given(...onOld, setDefault('k2'));
    expect(told.when(setDefaultWithProjects('k2'))).toEqual({
      emitted: [moved('docs', 'k1', 'k2'), moved('web', 'k1', 'k2')],
    });
    expect(told.when(setDefault('k2'))).toEqual({ emitted: [] });
    expect(
      given(...onOld, setDefault('k2'), setDefaultWithProjects('k2')).when(setDefaultWithProjects('k2')),
    ).toEqual({ emitted: [] });
  });

  test('is refused for a key that nothing can run on, though it is the Default', () => {
    expect(given(...onOld, setDefault('k2'), add('k4')).when(setDefaultWithProjects('k4'))).toMatchObject({
      refused: 'key-not-active',
    });
  });

  test('takes none along where no key was replaced', () => {
    expect(given(add('k1'), accept('k1'), setDefault('k1', 'p')).when(setDefaultWithProjects('k1'))).toEqual({
      emitted: [],
    });
  });

  test('knows the replaced key by the last change alone, be it a successor that came', () => {
    const { keyring } = given(...onOld, setDefault('k3'), remove('k3', { successor: 'k2' }));
    expect(keyring.previousDefault).toBe('k3');
    expect(given(...three, hardDelete('k1', { successor: 'k2' })).keyring.previousDefault).toBe('k1');
  });

  test('is refused in a closed workspace', () => {
    expect(given(...onOld, closeWorkspace).when(setDefaultWithProjects('k2'))).toMatchObject({
      refused: 'workspace-closed',
    });
  });
});
