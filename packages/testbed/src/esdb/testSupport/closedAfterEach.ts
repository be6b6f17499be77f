import { afterEach } from '@jest/globals';

interface Open {
  readonly close: () => Promise<void>;
}

/** What is given to the function that this returns is closed after the test, also when that fails. */
export const closedAfterEach = (): (<A extends Open>(opening: Promise<A>) => Promise<A>) => {
  const open: Open[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });
  return async (opening) => {
    const opened = await opening;
    open.push(opened);
    return opened;
  };
};
