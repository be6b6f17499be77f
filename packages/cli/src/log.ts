import type { ServiceLog } from '@keyturn/service';
import pino from 'pino';

const silent: ServiceLog = { info: () => undefined, warn: () => undefined };

/** JSON lines on standard error with `--verbose`, else nothing: what a person has to know is in the report. */
export const makeLog = (verbose: boolean): ServiceLog =>
  verbose ? pino({ level: 'info', base: null }, pino.destination({ dest: 2, sync: true })) : silent;
