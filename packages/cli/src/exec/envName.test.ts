import { describe, expect, test } from '@jest/globals';
import { UsageError } from '../problems';
import { checkEnvName, commandEnvironment } from './envName';

describe('--env-name', () => {
  test.each([
    ...[
      'VENDOR_KEY',
      'ANTHROPIC_API_KEY',
      'HF_TOKEN',
      'my_secret',
      'DB_PASSWORD',
      'AWS_BEARER_TOKEN_BEDROCK',
    ],
  ])('takes %s', (name) => {
    expect(checkEnvName(name)).toBe(name);
  });

  test.each(['', '2K', 'A B', 'A=B', 'A-B', 'Ä', 'K\n', 'K'.repeat(65)])('%j is no name', (name) => {
    expect(() => checkEnvName(name)).toThrow(UsageError);
  });

  test.each([
    ...['PATH', 'HOME', 'LANG', 'LC_ALL', 'TERM', 'TZ', 'TMPDIR', 'USER', 'LOGNAME'],
    ...['LD_PRELOAD', 'LD_LIBRARY_PATH', 'DYLD_INSERT_LIBRARIES', 'GCONV_PATH', 'GLIBC_TUNABLES'],
    ...[
      'NODE_OPTIONS',
      'NODE_PATH',
      'PYTHONPATH',
      'PYTHONSTARTUP',
      'PERL5OPT',
      'RUBYOPT',
      'JAVA_TOOL_OPTIONS',
    ],
    ...['BASH_ENV', 'ENV', 'IFS', 'SHELLOPTS', 'BASHOPTS', 'PS4', 'PROMPT_COMMAND', 'CDPATH', 'BASH_FUNC_x'],
    ...['GIT_SSH_COMMAND', 'KEYTURN_DATA'],
  ])('%s would be acted on', (name) => {
    expect(() => checkEnvName(name)).toThrow(UsageError);
  });
});

test.each([
  ...['OPTIND', 'http_proxy', 'HTTPS_PROXY', 'LUA_INIT', 'LESSOPEN', 'GTK_MODULES', 'DOTNET_STARTUP_HOOKS'],
  ...['QT_PLUGIN_PATH', 'PHPRC', 'GOFLAGS', 'KEY', 'key', '_k2', 'KEYS', 'VENDOR_KEY_FILE', 'MONKEY'],
  ...['NODE_AUTH_TOKEN', 'GIT_TOKEN', 'SSL_KEY', 'npm_config_key', 'LD_KEY', 'KEYTURN_SECRET'],
])("I-38: %s is not a secret's name alone", (name) => {
  expect(() => checkEnvName(name)).toThrow(UsageError);
});

test('a command gets a short list of our environment', () => {
  const ours = {
    PATH: '/bin',
    LC_TIME: 'C',
    LANG: 'C',
    SECRET: 'x',
    LD_PRELOAD: '/x.so',
    KEYTURN_DATA: '/d',
  };
  expect(commandEnvironment(ours)).toEqual({ PATH: '/bin', LC_TIME: 'C', LANG: 'C' });
});
