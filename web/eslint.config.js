import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

export default tseslint.config(
    { ignores: ['target', 'node_modules'] },
    js.configs.recommended,
    {
        files: ['src/**/*.{ts,tsx}', 'vite.config.ts'],
        extends: [
            tseslint.configs.strictTypeChecked,
            tseslint.configs.stylisticTypeChecked,
            reactHooks.configs.flat.recommended,
            jsxA11y.flatConfigs.strict,
        ],
        languageOptions: {
            globals: globals.browser,
            parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
        },
        rules: {
            // Content is text: what people write must never become markup.
            'no-restricted-syntax': [
                'error',
                {
                    selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
                    message: 'Content is text, never HTML.',
                },
            ],
            'max-lines': ['error', { max: 220, skipBlankLines: true, skipComments: true }],
            '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
            '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
            // A list that scrolls must be reachable by keyboard.
            'jsx-a11y/no-noninteractive-tabindex': ['error', { roles: ['log'], tags: [] }],
        },
    },
    {
        files: ['src/composer/Composer.tsx', 'src/rooms/PeoplePicker.tsx'],
        rules: {
            // A drop target and an active-descendant list: both are reachable by keyboard through their text box.
            'jsx-a11y/no-noninteractive-element-interactions': 'off',
            'jsx-a11y/click-events-have-key-events': 'off',
            'jsx-a11y/interactive-supports-focus': 'off',
        },
    },
    {
        files: ['scripts/**/*.mjs', '*.config.js'],
        languageOptions: { globals: globals.node },
    },
);
