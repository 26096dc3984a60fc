// Serves the page on this machine only and prints the address. `--port N` asks for a port; the default is 5173 or the next free
// one.
import { createServer } from 'vite'

// The configuration is bundled before it is loaded, so its imports need no file extension.
process.env.VITE_CONFIG_NATIVE_IGNORE_WARNING = 'true'

const port = requestedPort(process.argv.slice(2))
if (port === undefined) {
  console.error('Usage: npm start -- [--port N], with N from 1 to 65535')
  process.exit(2)
}

try {
  const server = await createServer({
    logLevel: 'warn',
    server: { host: '127.0.0.1', port: port || 5173, strictPort: port !== 0, open: false },
  })
  await server.listen()
  console.log(`EHLO World is at ${server.resolvedUrls?.local[0]} (Ctrl+C ends it)`)
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  console.error(
    /already in use/.test(message) ? `Port ${port} is taken. Choose another: npm start -- --port N` : message,
  )
  process.exit(1)
}

/**
 * The requested port, 0 if there is none, undefined if the command line is invalid.
 * @param {readonly string[]} args
 */
function requestedPort(args) {
  if (args.length === 0) return 0
  const text = args.length === 2 && args[0] === '--port' ? args[1] : args[0]?.match(/^--port=(.*)$/)?.[1]
  const number = Number(text)
  return Number.isInteger(number) && number >= 1 && number <= 65_535 ? number : undefined
}
