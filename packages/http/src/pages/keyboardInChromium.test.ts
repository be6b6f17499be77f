import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { onChromium, startChromium, type Chromium } from '@keyturn/testbed/browser';
import { sampled } from '@keyturn/testbed/sampling';
import { atWork } from '../testSupport/atWork';
import { typist, type Typist } from './testSupport/typist';
import { CSRF_SECRET, visitor } from './testSupport/visitor';

/** Nothing glides into view: it is there. */
const STILL = { reducedMotion: 'reduce' } as const;

const ada = { kind: 'user', id: 'ada' } as const;

onChromium(describe)('by keyboard alone, in Chromium', () => {
  const now = atWork({ csrfSecret: CSRF_SECRET });
  let chromium: Chromium;

  beforeAll(async () => {
    chromium = await startChromium();
  });
  afterAll(() => chromium.close());

  const addKey = async (hands: Typist, pasted: string): Promise<void> => {
    await hands.tabTo('Add key');
    await hands.press('Enter');
    await hands.heading('Add key');
    await hands.tabTo('Vendor');
    for (let downs = 0; downs < 40 && (await hands.value()) !== 'anthropic'; downs += 1) {
      await hands.press('ArrowDown');
    }
    await hands.tabTo('Key');
    await hands.paste(pasted);
    await hands.press('Enter');
  };

  it('the whole rotation: a key is added, tested, set as Default, and the old one deleted', async () => {
    const { keyturn, sandbox, newWorkspace } = now();
    const workspaceId = newWorkspace();
    const ctx = { workspaceId, actor: ada };
    const { page, errors, close } = await visitor(chromium, now(), { workspaces: [workspaceId] }, STILL);
    const hands = typist(page);
    const [old, fresh] = [sandbox.issueKey('anthropic'), sandbox.issueKey('anthropic')];
    const status = page.getByRole('status').first();

    await addKey(hands, old);
    await hands.heading(`…${old.slice(-4)} · Default`);
    await hands.tabTo('All keys');
    await hands.press('Enter');
    await hands.heading('Keys');
    await addKey(hands, fresh);
    await hands.heading(`…${fresh.slice(-4)} · Active`);

    await hands.tabTo('Test again');
    await hands.press('Space');
    await page.getByText('was tested').waitFor();
    expect(await status.textContent()).toContain(`…${fresh.slice(-4)} was tested`);

    await hands.tabTo('Set as Default');
    await hands.press('Enter');
    await page.getByRole('dialog').waitFor();
    expect(await hands.focused()).toBe('The workspace');
    await hands.press('ArrowDown');
    expect(await hands.focused()).toBe('One project');
    await hands.press('ArrowUp');
    await hands.tabTo('Set as Default');
    await hands.press('Enter');
    await page.getByText('is the Default. Runs under way').waitFor();

    await hands.tabTo('All keys');
    await hands.press('Enter');
    await hands.heading('Keys');
    await hands.tabTo(`…${old.slice(-4)} · Active (previous)`);
    await hands.press('Enter');
    await hands.heading(`…${old.slice(-4)} · Active (previous)`);
    await hands.tabTo('Delete');
    await hands.press('Enter');
    await page.getByRole('dialog').waitFor();
    expect(await hands.focused()).toBe('Cancel');
    await hands.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    expect(await hands.focused()).toBe('Delete');
    await hands.press('Enter');
    await page.getByRole('dialog').waitFor();
    await hands.press('Enter');
    await page.locator('dialog').waitFor({ state: 'detached' });
    // Who takes Enter for a yes has cancelled.
    expect(await hands.focused()).toBe('Delete');
    await hands.press('Enter');
    await page.getByRole('dialog').waitFor();
    await hands.press('Tab');
    expect(await hands.focused()).toBe(`Delete …${old.slice(-4)}`);
    await hands.press('Space');
    await hands.heading(`…${old.slice(-4)} · Deleted`);

    expect(errors).toEqual([]);
    const keys = await keyturn.keys.list(ctx, { includeHardDeleted: true });
    expect(keys.map(({ last4, status: is, isDefault }) => [last4, is, isDefault])).toEqual([
      [old.slice(-4), 'hard-deleted', false],
      [fresh.slice(-4), 'active', true],
    ]);
    await close();
  });

  it('goes over the page in the order that it is read, there and back, or straight to its content', async () => {
    const { keyturn, sandbox, newWorkspace } = now();
    const workspaceId = newWorkspace();
    const ctx = { workspaceId, actor: ada };
    const pasted = sandbox.issueKey('anthropic');
    await keyturn.keys.add(ctx, { vendor: 'anthropic', pasted });
    const { page, close } = await visitor(chromium, now(), { workspaces: [workspaceId] }, STILL);
    const hands = typist(page);
    const order = [
      'Skip to content',
      ...['Keys', 'Runs', 'Activity', 'Leak review', 'Health'],
      'Add key',
      `…${pasted.slice(-4)} · Default`,
      'Show deleted keys',
    ];
    const gone: string[] = [];
    while (gone.length < order.length) {
      await hands.press('Tab');
      gone.push(await hands.focused());
    }
    expect(gone).toEqual(order);
    for (const name of order.slice(0, -1).reverse()) {
      await hands.press('Shift+Tab');
      expect(await hands.focused()).toBe(name);
    }
    await hands.press('Enter');
    await hands.press('Tab');
    expect(await hands.focused()).toBe('Add key');
    await close();
  });

  /** The pages of a workspace with three keys, at the first of them, which is the Default. */
  const atDefault = async () => {
    const { keyturn, sandbox, newWorkspace } = now();
    const workspaceId = newWorkspace();
    const ctx = { workspaceId, actor: ada };
    const keys = [];
    for (const label of ['one', 'two', 'three']) {
      const pasted = sandbox.issueKey('anthropic');
      keys.push((await keyturn.keys.add(ctx, { vendor: 'anthropic', pasted, label })).key);
    }
    const [one, two, three] = keys.map(({ last4 }) => last4);
    const visited = await visitor(chromium, now(), { workspaces: [workspaceId] }, STILL);
    const path = `/workspaces/${workspaceId}/keys/${keys[0]?.keyId ?? ''}`;
    await visited.go(path);
    const hands = typist(visited.page);
    const openDialog = async (): Promise<void> => {
      await hands.tabTo('Delete');
      await hands.press('Enter');
      await visited.page.getByRole('dialog').waitFor();
    };
    const becomes = (last4 = ''): Promise<void> =>
      visited.page.getByText(`…${last4} becomes Default`).waitFor();
    return {
      ...visited,
      path,
      hands,
      openDialog,
      becomes,
      one,
      two,
      three,
      list: () => keyturn.keys.list(ctx),
    };
  };
  const SUCCESSOR = 'Becomes Default in its place';

  it.each(sampled([true, false], 1))(
    'keeps the place where another successor is chosen (in a dialog: %s)',
    async (isDialog) => {
      const { page, go, path, hands, openDialog, becomes, one, two, three, list, close } = await atDefault();
      await (isDialog ? openDialog() : go(`${path}/delete`));
      await becomes(three);
      await hands.tabTo(SUCCESSOR);
      await hands.press('ArrowDown');
      await becomes(two);
      expect(await hands.focused()).toBe(SUCCESSOR);
      await hands.press('ArrowUp');
      await becomes(three);
      await hands.press('ArrowDown');
      await becomes(two);
      await hands.tabTo(`Delete …${one ?? ''}`);
      await hands.press('Enter');
      await page.getByRole('status').waitFor();
      expect((await list()).map(({ label, isDefault }) => [label, isDefault])).toEqual([
        ['two', true],
        ['three', false],
      ]);
      await close();
    },
  );

  it('comes back to what opened a dialog, also where that was made anew', async () => {
    const { page, hands, openDialog, becomes, two, close } = await atDefault();
    await openDialog();
    await hands.tabTo(SUCCESSOR);
    await hands.press('ArrowDown');
    await becomes(two);
    await hands.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    expect(await hands.focused()).toBe('Delete');
    await close();
  });
});
