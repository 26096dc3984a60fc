// Builds the page into dist/. Further arguments go to Vite: npm run build -- --outDir somewhere.
import { run } from './run.mjs'

// The configuration is bundled before it is loaded, so its imports need no file extension.
process.env.VITE_CONFIG_NATIVE_IGNORE_WARNING = 'true'

process.exitCode = await run('vite', 'bin/vite.js', ['build', ...process.argv.slice(2)])
