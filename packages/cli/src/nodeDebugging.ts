import type * as Inspector from 'node:inspector';
import { CommandFault } from './problems';

/** What Node itself would show of this process, or keep of it, in the words of a message. */
type Opening = string;

/**
 * Beginnings of the options with which Node, or V8 in it, shows its memory, what it does or its traffic: inspectors,
 * snapshots, profiles, reports, traces, cores. A beginning, since each release adds some of the same family.
 */
const OPENINGS: ReadonlyArray<string> = [
  '--inspect',
  '--debug',
  '--experimental-network-inspection',
  '--experimental-storage-inspection',
  '--experimental-worker-inspection',
  '--heapsnapshot',
  '--heap-prof',
  '--cpu-prof',
  '--prof',
  '--report',
  '--diagnostic-dir',
  '--trace-event',
  '--trace-tls',
  '--tls-keylog',
  '--abort-on-uncaught-exception',
  // May name any of the above, in a file.
  '--experimental-config-file',
  '--experimental-default-config-file',
];

/** V8 prints every call with its arguments. No beginning: `--trace-warnings` and others like it show nothing. */
const CALLS = '--trace';

/** Node takes `_` for `-`, and a value behind `=`. */
const nameOf = (option: string): string => (option.split('=')[0] ?? '').replaceAll('_', '-');

const openingIn = (options: ReadonlyArray<string>): string | undefined =>
  options.map(nameOf).find((name) => name === CALLS || OPENINGS.some((opening) => name.startsWith(opening)));

/** Node's rule for NODE_OPTIONS: white space between them, quotation marks around those that have some. */
const wordsOf = (nodeOptions: string): ReadonlyArray<string> => nodeOptions.replaceAll('"', '').split(/\s+/);

const openingOf = (env: NodeJS.ProcessEnv, execArgv: ReadonlyArray<string>): Opening | null => {
  if ((env['NODE_DEBUG'] ?? '') !== '') {
    return 'NODE_DEBUG is set, and with it Node prints what passes through it, keys too. Unset it';
  }
  const variable = openingIn(wordsOf(env['NODE_OPTIONS'] ?? ''));
  if (variable !== undefined) {
    return `NODE_OPTIONS has ${variable}, and with it Node shows what is in its memory, keys too. Take it out`;
  }
  const given = openingIn(execArgv);
  return given === undefined
    ? null
    : `Node was started with ${given}, and with it shows what is in its memory, keys too. Leave it out`;
};

const refuse = (opening: Opening | null): void => {
  if (opening === null) return;
  throw new CommandFault('node-debug', `${opening}; --verbose and KEYTURN_DEBUG=1 print none.`);
};

/**
 * Refuses settings with which Node shows keys. Node read them before us: unsetting them here would change nothing.
 *
 * @throws CommandFault `node-debug`
 */
export const refuseNodeDebugging = (env: NodeJS.ProcessEnv, execArgv: ReadonlyArray<string> = []): void =>
  refuse(openingOf(env, execArgv));

/** Undefined where Node was built without one. Not by `import()`, for which Node loads all that it has for modules. */
const inspector = (): typeof Inspector | undefined => process.getBuiltinModule('node:inspector');

/**
 * The same of a process, and of an inspector that something else opened: a signal before ours was handled, a module of
 * `--require`, an editor.
 *
 * @throws CommandFault `node-debug`
 */
export const refuseOpenProcess = ({ env, execArgv }: Pick<NodeJS.Process, 'env' | 'execArgv'>): void => {
  refuseNodeDebugging(env, execArgv);
  if (inspector()?.url() === undefined) return;
  refuse(
    'The inspector of Node is open, and whoever connects to it sees keys. Run keyturn without a debugger',
  );
};
