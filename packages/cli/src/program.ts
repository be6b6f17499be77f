import { Command } from 'commander';
import { group, type Perform } from './command';
import { auditList } from './commands/auditList';
import { history } from './commands/history';
import { init } from './commands/init';
import { keysAdd } from './commands/keysAdd';
import { keysClearDefault, keysSetDefault } from './commands/keysDefaults';
import { keysDelete, keysHardDelete } from './commands/keysDelete';
import { keysList } from './commands/keysList';
import { keysValidate } from './commands/keysValidate';
import { projectionsRebuild, projectionsStatus } from './commands/projections';
import { runsFinish } from './commands/runsFinish';
import { runsList } from './commands/runsList';
import { runsResume, runsStart } from './commands/runsStart';
import { sweep } from './commands/sweep';
import { vaultInfo } from './commands/vaultInfo';
import { vaultRotateMasterKey } from './commands/vaultRotateMasterKey';
import { addGlobalOptions } from './settings';
import { version } from './version';

const commands = [
  init,
  group('keys', 'Keys of a workspace', [
    keysAdd,
    keysList,
    keysValidate,
    keysSetDefault,
    keysClearDefault,
    keysDelete,
    keysHardDelete,
  ]),
  group('runs', 'Runs, each pinned to one key from its start to its end', [
    runsStart,
    runsResume,
    runsFinish,
    runsList,
  ]),
  group('audit', 'The audit log', [auditList]),
  history,
  sweep,
  group('vault', 'The vault that holds the sealed keys', [vaultInfo, vaultRotateMasterKey]),
  group('projections', 'The read models that lists and the audit log come from', [
    projectionsStatus,
    projectionsRebuild,
  ]),
];

const AFTER_HELP = `
Exit status: 0 done, 1 refused (a rule says no, and what to do), 2 usage, 3 fault (something is broken or not set up).

Environment: KEYTURN_DATA, KEYTURN_STORE, KEYTURN_VAULT, KEYTURN_MASTER_KEY_FILE, KEYTURN_PASSPHRASE_FILE,
KEYTURN_ENDPOINT_<VENDOR>, KEYTURN_DEBUG, NO_COLOR. A key is never an argument: it is read from standard input, or from a hidden prompt on a terminal.`;

/** The whole command line. Nothing is written to the terminal but help: errors are thrown. */
export const makeProgram = (perform: Perform): Command => {
  const program = new Command('keyturn');
  addGlobalOptions(program)
    .description("Keeps customers' own LLM vendor keys, and rotates them without a moment without a key.")
    .version(version)
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', AFTER_HELP);
  for (const register of commands) register(program, perform);
  return program;
};
