import type { ServiceLog } from 'keyturn';
import type { Output } from './io';

/** JSON lines on standard error: ids and codes. What a person has to know is in the report. */
export const makeLog = async ({ fd }: Output): Promise<ServiceLog> => {
  const { pino, destination } = await import('pino');
  const logger = pino({ base: null }, destination({ dest: fd, sync: true }));
  return {
    info: (facts, message) => logger.info(facts, message),
    warn: (facts, message) => logger.warn(facts, message),
  };
};
