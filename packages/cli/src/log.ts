import type { ServiceLog } from 'keyturn';
import type { Output } from './io';
import { shownJson } from './output/shown';

/** JSON lines on standard error: ids and codes. What a person has to know is in the report. */
export const makeLog = async ({ fd }: Output): Promise<ServiceLog> => {
  const { pino, destination } = await import('pino');
  const lines = destination({ dest: fd, sync: true });
  const logger = pino({ base: null }, { write: (line) => void lines.write(shownJson(line)) });
  return {
    info: (facts, message) => logger.info(facts, message),
    warn: (facts, message) => logger.warn(facts, message),
  };
};
