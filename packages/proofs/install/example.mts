// What an embedding service of someone else does, run from installed tarballs: README's example, twice, and what it
// promises.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { workspaceId } from '@keyturn/domain';
import { startVendorSandbox } from '@keyturn/vendors/sandbox';
import { isKeyturnError, openKeyturn, openKeyturnReader, type ActContext, type Keyturn } from 'keyturn';

export const ctx: ActContext = { workspaceId: workspaceId('acme'), actor: { kind: 'user', id: 'ada' } };

const sandbox = await startVendorSandbox();

/** Inferred on purpose: every type in it has to be one that a declaration can name. */
export const open = () =>
  openKeyturn({
    directory: './keyturn-data',
    masterKey: { file: './keyturn-data.master-key' },
    create: 'if-missing',
    authorize: ({ workspaceId: workspace }) => workspace === 'acme',
    endpointOverrides: { anthropic: sandbox.url },
  });

/** Inferred on purpose, too. */
export const rotate = async (keyturn: Keyturn) => {
  const added = await keyturn.keys.add(ctx, { vendor: 'anthropic', pasted: sandbox.issueKey('anthropic') });
  const foreseen = await keyturn.keys.setDefault(ctx, { keyId: added.key.keyId }, { dryRun: true });
  const set = await keyturn.keys.setDefault(
    ctx,
    { keyId: added.key.keyId },
    { ifRevision: foreseen.keyringRevision },
  );
  return { added, set, foreseen };
};

const isPlain = (value: unknown): void => {
  assert.deepEqual(JSON.parse(JSON.stringify(value)), value);
};

for (let time = 1; time <= 2; time += 1) {
  await using keyturn = await open();
  const { added, set, foreseen } = await rotate(keyturn);
  const used = await keyturn.runs.use(ctx, { runId: randomUUID() }, ({ secret, pin }) => {
    assert.equal(secret.last4, added.key.last4);
    return { keyId: pin.keyId, headers: Object.keys(secret.authHeaders()) };
  });
  assert.deepEqual(used, { keyId: added.key.keyId, headers: ['x-api-key'] });

  const mine = new Error('mine');
  await assert.rejects(
    keyturn.runs.use(ctx, { runId: randomUUID() }, () => Promise.reject(mine)),
    (thrown) => thrown === mine,
  );
  const open_ = await keyturn.runs.list(ctx, { openOnly: true });
  assert.deepEqual(open_.runs, [], 'a function that throws leaves no open run');

  const results = [
    added,
    set,
    foreseen,
    await keyturn.keys.list(ctx),
    await keyturn.runs.list(ctx),
    await keyturn.audit.page(ctx),
    await keyturn.history.at(ctx),
    await keyturn.projections.status(),
    await keyturn.housekeeping.sweep(),
    await keyturn.health(),
    keyturn.vendors.list(),
  ];
  results.forEach(isPlain);
  assert.equal((await keyturn.keys.list(ctx)).length, time);

  const refused = await keyturn.keys.list({ ...ctx, workspaceId: 'other' }).catch((error: unknown) => error);
  assert.ok(isKeyturnError(refused) && refused.kind === 'refusal' && refused.code === 'not-permitted');
  isPlain(JSON.parse(JSON.stringify(refused)));
}

const closing = await open();
let end: (draft: string) => void = () => undefined;
const begun = new Promise<void>((tell) => {
  const draft = new Promise<string>((resolve) => {
    end = resolve;
  });
  const used = closing.runs.use(ctx, { runId: 'last' }, () => {
    tell();
    return draft;
  });
  void used.then((text) => {
    assert.equal(text, 'draft');
  });
});
await begun;
const closed = closing.close({ drainMs: 60_000 });
end('draft');
await closed;
await using reader = await openKeyturnReader({ directory: './keyturn-data', authorize: () => true });
const { runs } = await reader.runs.list(ctx, { runId: 'last' });
assert.equal(runs[0]?.outcome, 'succeeded', 'close waits for a run, then finishes it');

await sandbox.close();
console.log('the example ran twice');
