import * as E from 'fp-ts/Either';
import { rotateMasterKey } from '../rotation/rotateMasterKey';

/**
 * Rotates a compromised master key in a process of its own, which is gone from one moment to the next at `killedAt`.
 */
const main = async (directory: string, path: string, killedAt: string): Promise<void> => {
  const rotated = await rotateMasterKey({
    directory,
    masterKey: { kind: 'file', path },
    compromised: true,
    onProgress: ({ step, done }) => {
      if (`${step} ${done}` === killedAt) process.kill(process.pid, 'SIGKILL');
    },
  })();
  if (E.isLeft(rotated)) {
    throw rotated.left;
  }
};

const [directory = '', path = '', killedAt = ''] = process.argv.slice(2);
void main(directory, path, killedAt);
