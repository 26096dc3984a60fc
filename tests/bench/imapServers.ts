import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Ready } from '../../src/adapters/node/serve/serve'
import { ImapClient } from './imapClient'

/** An IMAP server as a process of its own, on a port of this machine, with one user. */
export interface ImapServer {
  login(): Promise<ImapClient>
  end(): Promise<void>
}

/** `ehlo serve`, as `npm run ehlo` starts it. */
export async function startEhlo(): Promise<ImapServer> {
  const args = ['serve', '--scenario', 'example-test', '--imap', '0', '--allow-plaintext-auth']
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=64', '--import', 'tsx', 'src/adapters/node/ehlo.ts', ...args],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const exited = once(child, 'exit')
  const line = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([first]) => first as string),
    exited.then(() => Promise.reject(new Error('ehlo serve ended before it was ready'))),
  ])
  const port = (JSON.parse(line) as Ready).ports['imap'] as number
  return {
    login: () => ImapClient.login(port, 'bob@example.test', 'secret'),
    end: async () => {
      child.kill()
      await exited
    },
  }
}

export const dovecotIsHere = (): boolean => spawnSync('dovecot', ['--version'], { stdio: 'ignore' }).status === 0

/** Dovecot in the foreground with its own configuration, mailboxes and state, all in a temporary folder. */
export async function startDovecot(): Promise<ImapServer> {
  const folder = mkdtempSync(join(tmpdir(), 'ehlo-dovecot-'))
  const port = await freePort()
  writeFileSync(join(folder, 'dovecot.conf'), configuration(folder, port))
  const child = spawn('dovecot', ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: ['ignore', 'ignore', 'inherit'] })
  const exited = once(child, 'exit')
  const end = async (): Promise<void> => {
    if (child.exitCode === null) child.kill()
    await exited
    rmSync(folder, { recursive: true, force: true })
  }
  const login = (): Promise<ImapClient> => ImapClient.login(port, 'bob', 'secret')
  const deadline = performance.now() + 10_000
  for (;;) {
    const client = await login().catch(() => undefined)
    client?.close()
    if (client) return { login, end }
    if (performance.now() < deadline && child.exitCode === null) await new Promise((done) => setTimeout(done, 50))
    else {
      await end()
      throw new Error('Dovecot did not start')
    }
  }
}

/** Messages may not belong to root, so root gives them to another system user. Other users run everything as themselves. */
function configuration(folder: string, port: number): string {
  const me = userInfo()
  const isRoot = me.uid === 0
  const [uid, gid] = isRoot ? [65_534, 65_534] : [me.uid, me.gid]
  const home = join(folder, 'home')
  mkdirSync(home)
  if (isRoot) {
    chownSync(folder, uid, gid)
    chownSync(home, uid, gid)
  }
  const asMyself = isRoot
    ? ''
    : `default_internal_user = ${me.username}
default_login_user = ${me.username}
default_internal_group = ${gid}
service anvil { \n chroot = \n }
`
  return `protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
ssl = no
disable_plaintext_auth = no
first_valid_uid = ${uid}
mail_location = sdbox:${home}/mail
${asMyself}passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${home}
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`
}

/** A port that is free now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
