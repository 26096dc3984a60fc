// Builds the benches as the page is built, then runs them: a loader that compiles on the fly would be part of the measurement.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
await build({
  root,
  configFile: false,
  logLevel: 'error',
  build: {
    ssr: 'tests/bench/bench.ts',
    outDir: 'node_modules/.cache/bench',
    emptyOutDir: true,
    target: 'node20',
    rollupOptions: { output: { entryFileNames: 'bench.mjs' } },
  },
})
const args = process.argv.slice(2)
// The page's own benches run in a browser; they are not among the others, which need none.
const inBrowser = ['page', 'lessons'].find((name) => args.includes(name))
const command = inBrowser
  ? ['--import', 'tsx', `tests/bench/${inBrowser}.ts`, ...args.filter((arg) => arg !== inBrowser)]
  : ['--max-semi-space-size=64', 'node_modules/.cache/bench/bench.mjs', ...args]
const run = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' })
process.exitCode = run.status ?? 1
