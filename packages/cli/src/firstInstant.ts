export { enableCompileCache } from './compileCache';
import { hushTerminal } from './input/hushedTerminal';
import { mayAsk } from './input/mayAsk';

/** What can't wait until the rest of the command is loaded: from now on a key that is typed or pasted is not shown. */
export const guardTerminal = (process: NodeJS.Process): void => {
  // The words first: whoever looks at a standard stream has Node load what streams are made of.
  if (mayAsk(process.argv.slice(2), process.env) && process.stderr.isTTY && process.stdin.isTTY)
    hushTerminal();
};
