import { command } from '../command';
import { keyOperand, workspaceFlag } from '../input/flags';
import { resolveKey } from '../keyArgument';
import { keyJson, keyLine } from './keyWords';
import { validationHints, validationJson } from './validationWords';

export const keysValidate = command({
  details: ['An active key is asked about twice before one "no" disables it.'],
  operands: { key: keyOperand },
  flags: { workspace: workspaceFlag },
  examples: ['keyturn keys validate 6f0c3a1e --workspace acme'],
  run: async (session, { workspace, key: named }) => {
    const keyturn = await session.keyturn();
    const context = session.context(workspace);
    const keyId = await resolveKey(keyturn, context, named);
    const { key, validation, testCalls, keyringRevision } = await session.showing(
      'Test-calling the vendor',
      () => keyturn.keys.validate(context, { keyId }),
    );
    const facts = keyturn.vendors.get(key.vendor);
    return {
      json: { key: keyJson(key), validation: validationJson(validation), testCalls, keyringRevision },
      lines: [key.display, keyLine(key), validation.sentence],
      hints: validationHints(workspace, key, facts, validation),
    };
  },
});
