import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (file: string): string => fileURLToPath(new URL(`./src/${file}`, import.meta.url));

const browserTests = 'test/browser/**/*.test.ts';
const packageTests = 'test/project-setups/**/*.test.ts';

export default defineConfig({
  resolve: {
    alias: [
      { find: /^express-gatekeeper$/, replacement: source('index.ts') },
      { find: /^express-gatekeeper\/(\w+(?:\/\w+)?)$/, replacement: source('$1/index.ts') },
    ],
  },
  test: {
    // Both cores of a small machine: by default one is kept for watching.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: 'fast', include: ['test/**/*.test.ts'], exclude: [browserTests, packageTests] },
      },
      {
        extends: true,
        // One browser at a time: it takes both cores by itself.
        test: {
          name: 'browser',
          include: [browserTests],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: { name: 'package', include: [packageTests], testTimeout: 120_000, hookTimeout: 180_000 },
      },
    ],
    coverage: { include: ['src/**'] },
  },
});
