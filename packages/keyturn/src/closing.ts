/** What was opened, to be closed in the opposite order. */
export interface Closing {
  readonly add: (close: () => Promise<void>) => void;
  /** Closes everything, whatever fails; then the first failure is thrown. */
  readonly all: () => Promise<void>;
}

export const makeClosing = (): Closing => {
  const closes: Array<() => Promise<void>> = [];
  return {
    add: (close) => closes.push(close),
    all: async () => {
      const failures: unknown[] = [];
      for (const close of closes.splice(0).reverse()) {
        try {
          await close();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
};
