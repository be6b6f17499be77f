import { hushTerminal } from './input/hushedTerminal';
import { mayAsk } from './input/mayAsk';

/** What can't wait until the rest of the command is loaded: from now on a key that is typed or pasted is not shown. */
export const guardTerminal = ({ argv, env, stdin, stderr }: NodeJS.Process): void => {
  if (stdin.isTTY && stderr.isTTY && mayAsk(argv.slice(2), env)) hushTerminal();
};
