/** The variables that the command reads, with what they say. */
export const VARIABLES = {
  KEYTURN_DATA: '--data',
  KEYTURN_STORE: '--store',
  KEYTURN_VAULT: '--vault',
  KEYTURN_MASTER_KEY_FILE: '--master-key-file',
  KEYTURN_PASSPHRASE_FILE: '--passphrase-file',
  KEYTURN_ROTATE_AFTER_DAYS: '--rotate-after',
  KEYTURN_AS: '--as',
  KEYTURN_WORKSPACE: '--workspace, where a command needs one',
  KEYTURN_DEBUG: '1: the whole error on standard error',
} as const;

const ENDPOINT = 'KEYTURN_ENDPOINT_';

/** The variable that names an origin in a vendor's place. */
export const endpointVariable = (vendor: string): string =>
  ENDPOINT + vendor.toUpperCase().replaceAll('-', '_');

/** Origins that take the place of vendors' own, by vendor. */
export const endpointOverrides = (environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, origin]) =>
      name.startsWith(ENDPOINT) && origin !== undefined && origin !== ''
        ? [[name.slice(ENDPOINT.length).toLowerCase().replaceAll('_', '-'), origin]]
        : [],
    ),
  );

/** A variable that nobody reads changes nothing, and who set it has to know: it may be a name mistyped. */
export const unknownVariables = (environment: NodeJS.ProcessEnv): ReadonlyArray<string> => {
  const unknown = Object.keys(environment).filter(
    (name) => name.startsWith('KEYTURN_') && !name.startsWith(ENDPOINT) && !Object.hasOwn(VARIABLES, name),
  );
  return unknown.length === 0
    ? []
    : [
        `Not known, and without effect: ${unknown.join(', ')}. Known are ${Object.keys(VARIABLES).join(', ')}.`,
      ];
};
