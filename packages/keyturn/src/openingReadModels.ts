import type { ReadModels, ReadModelsOptions } from '@keyturn/projections';
import type { Closing } from './closing';
import { settled } from './settle';
import * as loaded from './parts';

/** The read models, opened when they are first asked for, and once; a failed opening is tried again by the next. */
export const openingReadModels = (
  options: ReadModelsOptions,
  closing: Closing,
): (() => Promise<ReadModels>) => {
  let opening: Promise<ReadModels> | undefined;
  const open = async (): Promise<ReadModels> => {
    try {
      const { openReadModels } = loaded.projections();
      const opened = await settled(openReadModels(options));
      closing.add(opened.close);
      return opened;
    } catch (error) {
      opening = undefined;
      throw error;
    }
  };
  return () => (opening ??= open());
};
