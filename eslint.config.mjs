import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';

/** Held to jest's own rules on top of the general ones. */
const TESTS = ['packages/*/src/**/*.test.ts', 'packages/*/src/**/testSupport/**'];

/** Tests for export: every store's adapter runs them. */
const CONTRACT = ['packages/event-store/src/contract/**', 'packages/vault/src/testSupport/storages.ts'];

/** Where stored or foreign text becomes typed values, after checks that the compiler can't follow. */
const CODECS = [
  'packages/*/src/**/*{c,C}odec.ts',
  'packages/*/src/**/codecs/**',
  'packages/domain/src/ids.ts',
];

/** Loads by `require` what is not always needed; its type says what comes. */
const LOADED_ON_FIRST_USE = [
  'packages/keyturn/src/{inside,parts}.ts',
  'packages/vault/src/postgres/driver.ts',
];

/** Makes ids and histories out of thin air. */
const GENERATORS = ['packages/proofs/src/keyring/**', 'packages/proofs/src/exhaustive/**'];

export default tseslint.config(
  // What documents take for given is compiled with them. The types of a client are made by a tool.
  {
    ignores: [
      '**/dist/**',
      'packages/cli/bundle/**',
      'coverage/**',
      'packages/proofs/examples/**',
      'packages/proofs/src/demo/testSupport/apiTypes.ts',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    // Prettier breaks code, not strings and comments. An address can't be broken.
    files: ['**/*.{ts,tsx,mts,cts,mjs,cjs,js}'],
    rules: { 'max-len': ['error', { code: 120, ignoreUrls: true }] },
  },
  { files: ['**/*.{mts,cts}'], languageOptions: { parser: tseslint.parser } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.check.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // A function that is async without awaiting turns what it throws into a rejection, as its callers expect.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A switch names every member of its union, so that a new one is found. A `default` says that the rest is alike.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      eqeqeq: 'error',
      'max-lines': ['warn', 300],
      'no-console': 'error',
    },
  },
  {
    files: [...CODECS, ...TESTS, ...GENERATORS],
    rules: { '@typescript-eslint/consistent-type-assertions': 'off' },
  },
  {
    files: LOADED_ON_FIRST_USE,
    rules: {
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-require-imports': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: [...TESTS, ...CONTRACT],
    extends: [jest.configs['flat/recommended']],
    rules: {
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect*', 'fc.assert'] }],
      'jest/no-disabled-tests': 'error',
      'jest/prefer-importing-jest-globals': 'error',
      // That secrets stay hidden when they are joined to text can only be shown by joining them to text.
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/restrict-plus-operands': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
    },
  },
  { files: CONTRACT, rules: { 'jest/no-export': 'off' } },
  {
    // A property says what holds in each case that was generated.
    files: [...CONTRACT, '**/*.property.test.ts'],
    rules: { 'jest/no-conditional-expect': 'off' },
  },
);
