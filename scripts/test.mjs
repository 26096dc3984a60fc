// Runs every test. Further arguments go to Vitest: npm test -- src/base, npm test -- -t "byte-stuffing".
import { run } from './run.mjs'

process.env.VITE_CONFIG_NATIVE_IGNORE_WARNING = 'true'

process.exitCode = await run('vitest', 'vitest.mjs', ['run', ...process.argv.slice(2)])
