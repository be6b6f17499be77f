// Keyturn opens in a test of somebody's own, under Jest with nothing configured.
const { openKeyturn } = require('keyturn');

test('opens under Jest', async () => {
  const keyturn = await openKeyturn({
    directory: './keyturn-data',
    masterKey: { file: './keyturn-data.master-key' },
    authorize: () => true,
  });
  const ctx = { workspaceId: 'acme', actor: { kind: 'user', id: 'ada' } };
  expect((await keyturn.keys.list(ctx)).length).toBeGreaterThan(0);
  await keyturn.close();
});
