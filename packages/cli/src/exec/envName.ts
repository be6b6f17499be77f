import { UsageError } from '../problems';

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/**
 * How names of secrets end. Programs read these on purpose, and act on what is in them as a secret. Which other names
 * any program acts on, nobody can list.
 */
const OF_A_SECRET = /_(?:KEY|APIKEY|TOKEN|SECRET|PASSWORD|CREDENTIALS?)$/i;

/** Names that vendors document for their keys, and that end otherwise. */
const OF_VENDORS = new Set(['AWS_BEARER_TOKEN_BEDROCK']);

/** What the command gets of our own environment, besides `LC_*`. */
const PASSED_ON = new Set(['PATH', 'HOME', 'LANG', 'TERM', 'TZ', 'TMPDIR', 'USER', 'LOGNAME']);

/**
 * Variables that shells, linkers and language runtimes act on, whatever they end in: a secret there would be run,
 * opened as a path, or printed in a warning.
 */
const ACTED_ON = new RegExp(
  `^(?:${[
    'IFS|ENV|BASH_ENV|SHELL|SHELLOPTS|BASHOPTS|CDPATH|GLOBIGNORE|FPATH|ZDOTDIR|PWD|OLDPWD|PS[0-4]|PROMPT_COMMAND',
    'EDITOR|VISUAL|PAGER',
    '(?:LD_|DYLD_|NODE_|PYTHON|PERL|RUBY|JAVA_|JDK_|_JAVA|GIT_|MALLOC_|BASH_FUNC_).*',
    '(?:KEYTURN_|NPM_CONFIG_|npm_config_|SSL_|OPENSSL_).*',
    'GCONV_PATH|NLSPATH|LOCPATH|HOSTALIASES|RESOLV_HOST_CONF|GLIBC_TUNABLES',
  ].join('|')})$`,
);

const isPassedOn = (name: string): boolean => PASSED_ON.has(name) || name.startsWith('LC_');

/** Checks `--env-name`. @throws UsageError for a name that is not a secret's, or that others would act on */
export const checkEnvName = (name: string): string => {
  if (!NAME.test(name)) {
    throw new UsageError(
      '--env-name takes a variable name: letters, digits and _, no digit first, at most 64.',
    );
  }
  if (isPassedOn(name) || ACTED_ON.test(name)) {
    throw new UsageError(
      `--env-name can't be ${name}: shells, linkers or runtimes act on it. ` +
        "Take a name of the command's own, such as VENDOR_KEY.",
    );
  }
  if (!OF_A_SECRET.test(name) && !OF_VENDORS.has(name)) {
    throw new UsageError(
      "--env-name takes a name that is a secret's, since programs act on others, and print what is in them: " +
        "one that ends in _KEY, _TOKEN or _SECRET, such as VENDOR_KEY, or a vendor's own.",
    );
  }
  return name;
};

/** The command's environment: a short list of ours, and nothing else. */
export const commandEnvironment = (own: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(own).filter(([name]) => isPassedOn(name)));
