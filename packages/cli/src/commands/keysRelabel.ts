import { command } from '../command';
import { keyOperand, required, workspaceFlag } from '../input/flags';
import { resolveKey } from '../keyArgument';
import { keyJson, keyLine } from './keyWords';

export const keysRelabel = command({
  details: ['Entries of the audit log from before keep the name that the key had then.'],
  operands: { key: keyOperand },
  flags: {
    workspace: workspaceFlag,
    label: required('--label <text>', 'its new name, up to 64 characters; "" takes the name away', String),
  },
  examples: [
    'keyturn keys relabel 6f0c3a1e --workspace acme --label prod-2',
    'keyturn keys relabel 6f0c3a1e --workspace acme --label ""',
  ],
  run: async (session, { workspace, key: named, label }) => {
    const keyturn = await session.keyturn();
    const context = session.context(workspace);
    const keyId = await resolveKey(keyturn, context, named);
    const { key, changed, keyringRevision } = await keyturn.keys.relabel(context, { keyId, label });
    return {
      json: { key: keyJson(key), changed, keyringRevision },
      lines: [
        key.display,
        keyLine(key),
        ...(changed ? [] : [key.label === null ? 'It had no label.' : 'It was called so already.']),
      ],
    };
  },
});
