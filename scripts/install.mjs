// Installs the packages of package-lock.json, unless they are installed already. Needs nothing but Node and npm.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stampFile = join(root, 'node_modules', '.ehlo-install')
const [major] = process.versions.node.split('.')

/** Changes whenever the installed packages would: other versions, another system, another Node. */
const stamp = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .update(`${process.platform} ${process.arch} ${major}`)
  .digest('hex')

/** npm's own script, so that no shell is needed. npm sets its path when it runs us; otherwise it lies beside Node. */
function npmScript() {
  const beside = dirname(process.execPath)
  const named = process.env.npm_execpath
  const candidates = [
    ...(named?.includes('npm-cli') ? [named] : []),
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ]
  return candidates.find((file) => existsSync(file))
}

function install() {
  const npm = npmScript()
  if (!npm) {
    console.error('npm was not found beside Node. Run `npm ci` once by hand, then try again.')
    return 1
  }
  console.log('Installing the packages of package-lock.json with npm ci (once; it takes about a minute)')
  const quiet = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const { status } = spawnSync(process.execPath, [npm, 'ci', ...quiet], { cwd: root, stdio: 'inherit' })
  if (status !== 0) {
    console.error('npm ci failed; its message is above. Is the network there?')
    return status ?? 1
  }
  writeFileSync(stampFile, stamp)
  return 0
}

const installed = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp
process.exitCode = installed ? 0 : install()
