import js from '@eslint/js';
import queryPlugin from '@tanstack/eslint-plugin-query';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  {
    ignores: [
      'dist',
      'build',
      'node_modules',
      'public/mockServiceWorker.js',
      'test-results',
      'playwright-report',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    // Each of its rules compiles the file: only where there can be a hook or a component.
    files: ['**/*.tsx', 'src/{app,connections,features,lib,previews,queries,search,testing,ui}/**/*.ts'],
    ignores: ['**/*.test.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest']],
  },
  // Winnow is built without the React Compiler; this rule only lists libraries that the compiler skips.
  { files: ['**/*.tsx'], rules: { 'react-hooks/incompatible-library': 'off' } },
  ...queryPlugin.configs['flat/recommended'],
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // There are no enums (erasableSyntaxOnly in tsconfig.json), and looking for them takes its time.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      // Index signatures are read with brackets (noPropertyAccessFromIndexSignature in tsconfig.json).
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // JSX handlers may start async work; errors surface through mutations and queries.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
          message: 'Server text is never markup.',
        },
      ],
    },
  },
  {
    // Parsing and tests may assert types; nowhere else.
    files: ['**/*.test.ts', '**/*.test.tsx', '**/*-for-test.{ts,tsx}', 'e2e/**', 'src/testing/**'],
    rules: {
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/no-deprecated': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['public/*.js'],
    languageOptions: { globals: { document: 'readonly', localStorage: 'readonly' } },
  },
  {
    files: ['public/demo-worker.js'],
    languageOptions: { globals: { importScripts: 'readonly', self: 'readonly', URL: 'readonly' } },
  },
  { files: ['**/*.js', '**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
);
