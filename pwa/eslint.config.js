// Lint by types where types are known; the compiler's own strictness does the rest.
import tseslint from 'typescript-eslint'

export default tseslint.config(
  { ignores: ['dist/**', 'dist-check/**', 'check/*.mjs', 'node_modules/**', 'scripts/**', 'src/adapters/schema.d.ts', '*.config.*'] },
  {
    files: ['src/**/*.{ts,tsx}', 'tests/**/*.ts', 'check/{src,tests}/**/*.ts'],
    extends: [tseslint.configs.strict],
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-empty': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-invalid-void-type': 'off', // `Promise<void> | void` callbacks are meant
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' },
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'Server text is never markup.' },
      ],
    },
  },
)
