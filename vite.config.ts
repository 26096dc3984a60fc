/// <reference types="vitest/config" />
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { contentPolicyPlugin } from './scripts/contentPolicyPlugin'
import { lessonsPlugin } from './scripts/lessonsPlugin'
import { licencesPlugin } from './scripts/licencesPlugin'
import { messagesPlugin } from './scripts/messagesPlugin'
import { scenariosPlugin } from './scripts/scenariosPlugin'

export default defineConfig({
  // Any folder of any plain file server will do.
  base: './',
  plugins: [react(), lessonsPlugin(), scenariosPlugin(), messagesPlugin(), contentPolicyPlugin(), licencesPlugin()],
  build: {
    target: 'es2023',
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      output: {
        // The map at rest is on the first screen and on several pages: in one file it is smaller than in many shared ones.
        codeSplitting: { groups: [{ name: 'map', test: /src\/ui\/stage\/(?:MapRegion|Track)\.tsx$/ }] },
      },
    },
  },
  worker: { format: 'es' },
  test: {
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    // How long a condition is waited for: a busy machine is slow, not wrong.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: { name: 'beside', include: ['src/**/*.test.{ts,tsx}'], testTimeout: 20_000 },
      },
      {
        extends: true,
        test: {
          name: 'across',
          include: ['tests/**/*.test.ts'],
          globalSetup: ['tests/support/engines/sayEngines.ts', 'tests/support/buildOnce.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
