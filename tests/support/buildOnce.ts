import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The production build that the browser tests of one run share. Test files run in processes of their own; the first that asks
 * starts the build, so a run without a browser test builds nothing.
 */

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** The environment variable with the address that answers with the build's folder as soon as it is there. */
export const BUILDER = 'EHLO_BUILDER'

/** A build with one lesson more, which holds one of everything, and one that is broken. */
export const WITH_DEMO = '/demo'

/** Builds in a process of its own: the test runner's environment would make it a development build. */
function build(outDir: string, demo: boolean): Promise<void> {
  const { NODE_ENV: _, VITEST: __, ...surroundings } = process.env
  const more = demo ? { EHLO_MORE_LESSONS: 'tests/demo' } : {}
  const env = { ...surroundings, ...more, VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' }
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  return new Promise((resolve, reject) => {
    const args = [vite, 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'error']
    execFile(process.execPath, args, { cwd: root, env }, (error, out, err) => {
      if (error) reject(new Error(`The build failed.\n${out}${err}`))
      else resolve()
    })
  })
}

/** Runs once, before the tests of this folder; gives back what ends it. */
export default async function buildOnce(): Promise<() => Promise<void>> {
  const plain = join(root, 'node_modules', '.cache', `build-${process.pid}`)
  const builds = new Map<string, Promise<void>>()
  const server = createServer((request, response) => {
    const demo = request.url === WITH_DEMO
    const outDir = demo ? `${plain}-demo` : plain
    const built = builds.get(outDir) ?? build(outDir, demo)
    builds.set(outDir, built)
    built.then(
      () => response.end(outDir),
      (error: Error) => response.writeHead(500).end(error.message),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  process.env[BUILDER] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return async () => {
    server.close()
    for (const outDir of builds.keys()) await rm(outDir, { recursive: true, force: true })
  }
}
