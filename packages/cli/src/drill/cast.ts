import type { VendorSandbox } from '@keyturn/vendors/sandbox';

export const GRACE = 'support:grace';
export const ADA = 'user:ada';
export const VENDOR = 'anthropic';
export const CASE = 'SR-1042';

/** A key as its vendor's console shows it once. Its end is chosen, since ends tell keys apart on the screen. */
export const keyEnding = (sandbox: VendorSandbox, end: string): string => {
  const key = sandbox.issueKey(VENDOR);
  return sandbox.issueKey(VENDOR, 'valid', `${key.slice(0, -end.length)}${end}`);
};

/** The member of a JSON value at a path; undefined where there is none. */
export const memberAt = (value: unknown, ...path: ReadonlyArray<string | number>): unknown =>
  path.reduce<unknown>(
    (part, name) =>
      typeof part === 'object' && part !== null
        ? Object.entries(part).find(([key]) => key === String(name))?.[1]
        : undefined,
    value,
  );
