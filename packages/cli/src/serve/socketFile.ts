import { lstatSync, rmSync, statSync, type Stats } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { codeOf } from '../errorCode';
import { UsageError } from '../problems';

const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;
/** What every system takes, as macOS does. Node cuts off what is longer, and listens somewhere else. */
const LONGEST_PATH = 103;

const whatIsAt = (path: string): Stats | null => {
  try {
    return lstatSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw new UsageError(`--socket: ${path} can't be looked at (${codeOf(error)}).`);
  }
};

const isAnswered = (path: string): Promise<boolean> =>
  new Promise((answered) => {
    const attempt = connect(path);
    attempt.once('connect', () => {
      attempt.destroy();
      answered(true);
    });
    attempt.once('error', (error) => answered(codeOf(error) !== 'ECONNREFUSED'));
  });

/**
 * Sees to it that a socket can be made at a path. One that a killed process left, and nobody listens on, is removed;
 * whatever else is there stays.
 *
 * @throws UsageError for a path that is taken, or in a directory where everybody could put another in its place
 */
export const makeRoomForSocket = async (path: string): Promise<void> => {
  if (Buffer.byteLength(path) > LONGEST_PATH) {
    throw new UsageError(
      `--socket: ${path} has more than the ${LONGEST_PATH} bytes that the path of a socket may have.`,
    );
  }
  const directory = dirname(path);
  const { mode } = statSync(directory, { throwIfNoEntry: false }) ?? { mode: null };
  if (mode === null) throw new UsageError(`--socket: ${directory} is not there.`);
  if ((mode & OTHERS_WRITE) !== 0 && (mode & STICKY) === 0) {
    throw new UsageError(
      `--socket: everybody may write ${directory}, and put another socket in its place. Name another directory.`,
    );
  }
  const there = whatIsAt(path);
  if (there === null) return;
  if (!there.isSocket())
    throw new UsageError(`--socket: ${path} is there, and is no socket. Name another path.`);
  if (await isAnswered(path)) throw new UsageError(`--socket: another program listens on ${path}.`);
  rmSync(path, { force: true });
};
