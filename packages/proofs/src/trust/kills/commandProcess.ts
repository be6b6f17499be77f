import { fromCommandLine } from './commandLine';

// A process that is `keyturn`, as `bin/keyturn.js` is.
void fromCommandLine('runProcess').then((runProcess) => runProcess());
