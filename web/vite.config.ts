import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const gateway = 'http://localhost:8080';

export default defineConfig({
    plugins: [react()],
    build: {
        // The gateway serves META-INF/resources of every jar on its class path.
        outDir: 'target/classes/META-INF/resources',
        emptyOutDir: true,
        target: 'es2023',
        // A data: URL in a style sheet would need another word in the content security policy.
        assetsInlineLimit: 0,
        // The polyfill is an inline concern of browsers older than the build target.
        modulePreload: { polyfill: false },
    },
    server: {
        proxy: {
            '/api': gateway,
            '/broadcasting': gateway,
            '/media': gateway,
            '/app': { target: gateway, ws: true },
        },
    },
    test: {
        // Tests that need a page say so in their first line.
        environment: 'node',
        include: ['src/**/*.test.{ts,tsx}'],
        setupFiles: ['src/testing/setup.ts'],
        css: false,
        // A busy build machine is no reason to fail: these are bounds, not expectations.
        testTimeout: 60_000,
        expect: { poll: { timeout: 15_000 } },
        restoreMocks: true,
    },
});
