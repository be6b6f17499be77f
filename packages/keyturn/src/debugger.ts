import type { ServiceLog } from '@keyturn/service';
import { HOUSEKEEPER } from './context';

/** Where Node's inspector listens; undefined where it does not, or where Node was built without one. */
const inspectorAddress = async (): Promise<string | undefined> => {
  try {
    const { url } = await import('node:inspector');
    return url();
  } catch {
    return undefined;
  }
};

/**
 * Tells the log of an open inspector: whoever connects to it reads every key that passes. Told and not refused, since
 * the process, its signals and its debugging are the embedding service's.
 */
export const tellOfDebugger = async (log: ServiceLog): Promise<void> => {
  if ((await inspectorAddress()) === undefined) return;
  log.warn(
    { actor: HOUSEKEEPER, code: 'inspector-open' },
    'the inspector of Node is open: whoever connects to it can read keys',
  );
};
