import type { Contacts, VendorAccess } from 'keyturn';

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
  KEYTURN_VENDORS: 'a JSON file of your own vendor tables: each adds a vendor, or takes the place of one',
  KEYTURN_PROXY: 'the forward proxy that test calls go through, http(s)://[user:password@]host[:port]',
  KEYTURN_ALLOW_PRIVATE_HOSTS: "hosts of keys' own endpoints that may be inside a private network",
  KEYTURN_STATUS_URL: 'the status page that people are sent to',
  KEYTURN_SUPPORT_ADDRESS: 'where people write to for help',
  KEYTURN_SECURITY_ADDRESS: 'where people write to about a leak',
  KEYTURN_DEBUG: '1: the whole error on standard error',
} as const;

const ENDPOINT = 'KEYTURN_ENDPOINT_';

/** The variable that names an origin in a vendor's place. */
export const endpointVariable = (vendor: string): string =>
  ENDPOINT + vendor.toUpperCase().replaceAll('-', '_');

const endpointOverrides = (environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, origin]) =>
      name.startsWith(ENDPOINT) && origin !== undefined && origin !== ''
        ? [[name.slice(ENDPOINT.length).toLowerCase().replaceAll('_', '-'), origin]]
        : [],
    ),
  );

/** How vendors are reached. Names of hosts stand between commas. */
export const vendorAccess = (environment: NodeJS.ProcessEnv): VendorAccess => {
  const { KEYTURN_PROXY: proxy = '', KEYTURN_ALLOW_PRIVATE_HOSTS: hosts = '' } = environment;
  return {
    endpointOverrides: endpointOverrides(environment),
    ...(proxy === '' ? {} : { proxy }),
    ...(hosts === '' ? {} : { allowPrivateHosts: hosts.split(',').map((host) => host.trim()) }),
  };
};

/** Where people turn to. */
export const contacts = (environment: NodeJS.ProcessEnv): Contacts => {
  const named = (member: keyof Contacts, variable: keyof typeof VARIABLES): Contacts => {
    const text = environment[variable] ?? '';
    return text === '' ? {} : { [member]: text };
  };
  return {
    ...named('statusUrl', 'KEYTURN_STATUS_URL'),
    ...named('supportAddress', 'KEYTURN_SUPPORT_ADDRESS'),
    ...named('securityAddress', 'KEYTURN_SECURITY_ADDRESS'),
  };
};

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
