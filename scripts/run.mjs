import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const require = createRequire(import.meta.url)

/**
 * Runs a package's program with this Node, without a shell, and returns its exit code.
 * @param {string} packageName
 * @param {string} program path inside the package
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export function run(packageName, program, args) {
  const file = join(dirname(require.resolve(`${packageName}/package.json`)), program)
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit' })
    child.on('exit', (code) => resolve(code ?? 1))
  })
}
