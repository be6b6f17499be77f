import { describe, expect, test } from '@jest/globals';
import {
  adminAt,
  anAdminKey,
  anthropicKey,
  anthropicPage,
  bytes,
  vendorServers,
} from '../testSupport/vendorServer';

const { vendorThat, calls } = vendorServers();

const ANTHROPIC = { vendor: 'anthropic', place: null };

describe('a list', () => {
  const find = async (origin: string, credential = anAdminKey()) =>
    (
      await adminAt(origin).findKeys(bytes(credential), ANTHROPIC, {
        last4: 'igAA',
        onFileSince: null,
      })()
    ).outcome;

  test('is asked for page by page', async () => {
    const origin = await vendorThat((_request, n) => [
      200,
      anthropicPage([anthropicKey(`apikey_${n}`)], n < 3),
    ]);
    // The last id of each page is the same here: that leads in a circle.
    expect(await find(origin)).toEqual({ kind: 'unavailable', reason: 'unrecognised-answer' });
    const real = await vendorThat((_request, n) => [
      200,
      { ...anthropicPage([anthropicKey(`apikey_${n}`)], n < 3), last_id: `apikey_${n}` },
    ]);
    expect(await find(real)).toMatchObject({ kind: 'found', listed: 3 });
    expect(calls().map((call) => call.split('&')[1])).toEqual([
      undefined,
      'after_id=apikey_1',
      'after_id=apikey_2',
    ]);
  });

  test('that never ends is given up', async () => {
    const origin = await vendorThat((_request, n) => [
      200,
      { ...anthropicPage([], true), last_id: `apikey_${n}` },
    ]);
    expect(await find(origin)).toEqual({ kind: 'unavailable', reason: 'too-many-pages' });
    expect(calls()).toHaveLength(100);
  });

  test.each<[string, unknown]>([
    [
      'an item without an id',
      anthropicPage([anthropicKey('apikey_1'), { ...anthropicKey('x'), id: undefined }]),
    ],
    ['an item whose id leads elsewhere', anthropicPage([anthropicKey('../../users')])],
    ['no list', { data: 'none', has_more: false }],
    ['more behind it, and no word of where', { ...anthropicPage([], true), last_id: null }],
  ])('with %s is none of the vendor’s', async (_what, json) => {
    const origin = await vendorThat(() => [200, json]);
    expect(await find(origin)).toEqual({ kind: 'unavailable', reason: 'unrecognised-answer' });
  });

  test('shows what people wrote without what can’t be seen, and cut', async () => {
    const name = `\u202Egnp.exe\u0007${'n'.repeat(300)}`;
    const origin = await vendorThat(() => [
      200,
      anthropicPage([anthropicKey('apikey_1', 'archived', { name, created_at: 'soon' })]),
    ]);
    expect(await find(origin)).toMatchObject({
      keys: [{ name: `gnp.exe${'n'.repeat(193)}`, createdAt: null, owner: 'user_1', status: 'inactive' }],
    });
  });

  test('never shows the credential, wherever it is repeated', async () => {
    const credential = anAdminKey();
    const echo = (id: string) =>
      anthropicKey(id, 'active', { name: credential, created_by: { id: `by ${credential}` } });
    const origin = await vendorThat(() => [200, anthropicPage([echo('apikey_1')])]);
    expect(await find(origin, credential)).toMatchObject({ keys: [{ name: null, owner: null }] });
    const inId = await vendorThat(() => [200, anthropicPage([echo(credential)])]);
    expect(await find(inId, credential)).toEqual({ kind: 'unavailable', reason: 'unrecognised-answer' });
  });

  test('leaves out keys of another ending, and says how many', async () => {
    const other = anthropicKey('apikey_2', 'active', { partial_key_hint: 'sk-ant-api03-xyz...QQQQ' });
    const origin = await vendorThat(() => [200, anthropicPage([anthropicKey('apikey_1'), other])]);
    expect(await find(origin)).toMatchObject({
      listed: 2,
      otherHint: 1,
      madeLater: 0,
      keys: [{ fits: 'hint' }],
    });
  });
});
