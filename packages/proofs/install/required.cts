// The same packages by `require`.
import assert = require('node:assert/strict');
import domain = require('@keyturn/domain');
import keyturn = require('keyturn');

export const context: keyturn.ActContext = {
  workspaceId: domain.workspaceId('acme'),
  actor: { kind: 'user', id: 'ada' },
};

export const read = async (): Promise<ReadonlyArray<keyturn.KnownKey>> => {
  const reader = await keyturn.openKeyturnReader({ directory: './keyturn-data', authorize: () => true });
  try {
    return await reader.keys.list(context);
  } finally {
    await reader.close();
  }
};

void read().then((keys) => {
  assert.ok(keys.length > 0);
  console.log('required, and read');
});
