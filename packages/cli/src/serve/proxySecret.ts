import { lengthOfLine, LONGEST_LINE_END, readOwnersFile } from '../input/ownersFile';
import { UsageError } from '../problems';

const SHORTEST = 32;
const LONGEST = 256;

/** The proxy's secret in a file of its owner's alone; one final line end is no part of it. @throws UsageError */
export const readProxySecret = async (option: string, path: string): Promise<string> => {
  const failed = (message: string): UsageError => new UsageError(`${option}: ${message}`);
  const line = await readOwnersFile({
    path,
    holds: "the proxy's secret",
    closed: 0o077,
    most: LONGEST + LONGEST_LINE_END,
    options: option,
    failed,
  });
  const secret = line.toString('latin1', 0, lengthOfLine(line));
  line.fill(0);
  if (secret.length <= LONGEST && secret.length >= SHORTEST && /^[!-~]+$/.test(secret)) return secret;
  throw failed(
    `a proxy's secret has ${SHORTEST} to ${LONGEST} printable characters, and no blank. ` +
      'Make one with: openssl rand -base64 32',
  );
};
