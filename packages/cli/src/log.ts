import type { ServiceLog } from '@keyturn/service';

const silent: ServiceLog = { info: () => undefined, warn: () => undefined };

/** JSON lines on standard error with `--verbose`, else nothing: what a person has to know is in the report. */
export const makeLog = async (verbose: boolean): Promise<ServiceLog> => {
  if (!verbose) return silent;
  const { pino, destination } = await import('pino');
  const logger = pino({ base: null }, destination({ dest: 2, sync: true }));
  return {
    info: (facts, message) => logger.info(facts, message),
    warn: (facts, message) => logger.warn(facts, message),
  };
};
