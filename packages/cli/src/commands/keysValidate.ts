import { command } from '../command';
import { endLapsedRuns } from '../endLapsedRuns';
import { keyOperand, workspaceFlag } from '../input/flags';
import { showingProgress } from '../output/progress';
import { resolveKey } from '../resolveKey';
import { keyJson, keyLine } from './keyWords';
import { validationHints, validationJson, validationSentence } from './validationWords';

export const keysValidate = command({
  name: 'validate',
  summary: 'Test-call the vendor with a key on file again',
  details: ['An active key is asked about twice before one "no" disables it.'],
  operands: { key: keyOperand },
  flags: { workspace: workspaceFlag },
  examples: ['keyturn keys validate 6f0c3a1e --workspace acme'],
  run: async (session, { workspace, key: named }) => {
    const keyturn = await session.keyturn();
    const context = session.context(workspace);
    const notes = await endLapsedRuns(session, workspace);
    const keyId = await resolveKey(session, workspace, named);
    const { key, validation, testCalls, keyringRevision } = await showingProgress(
      'Test-calling the vendor',
      () => keyturn.validateKey(context, { keyId }),
    );
    return {
      json: { key: keyJson(key), validation: validationJson(validation), testCalls, keyringRevision },
      lines: [key.display, keyLine(key), validationSentence(key.vendor, validation)],
      hints: [...notes, ...validationHints(workspace, key, validation)],
    };
  },
});
