import { open } from 'node:fs/promises';

/** Makes a file's name in its directory durable; `fsync` on the file alone does not. */
export const syncDirectory = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
