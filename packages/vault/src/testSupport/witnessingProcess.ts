import * as E from 'fp-ts/Either';
import { backendAt } from '../backendAt';

/** Writes witnesses of two workspaces in one transaction, and is gone between them, or right after. */
const main = async (directory: string, killed: string): Promise<void> => {
  const storage = await backendAt({ directory }).open();
  if (E.isLeft(storage)) {
    throw storage.left;
  }
  const kill = (): void => {
    process.kill(process.pid, 'SIGKILL');
  };
  const kept = await storage.right.changeWitnesses(['a', 'b'], (workspaceId, stored) => {
    if (killed === 'between' && workspaceId === 'b') kill();
    const witness = stored?.witness ?? null;
    return { keep: witness === null ? null : { ...witness, revision: 99 }, outcome: workspaceId };
  })();
  process.stdout.write(`${kept._tag}\n`);
  kill();
};

const [directory = '', killed = ''] = process.argv.slice(2);
void main(directory, killed);
