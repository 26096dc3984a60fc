import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWith, run } from '../support/program'
import { type ServedWorld, serveWorld } from '../support/servedWorld'
import { casesArePresent, folder, rowsOf } from './replay'

/**
 * Cases of DNS from public bug reports: the server (NS, the name server, or R, the resolver), the question, and the expected
 * answer.
 */
const NAME_SERVER = 'ns.example.test'
const rows = casesArePresent ? rowsOf('reports/dns/dns.sh', 'CASES') : []

describeWith(
  'dig',
  ['dig', '-v'],
  'bind9-dnsutils',
)('what dig hears', () => {
  let world: ServedWorld
  beforeAll(async () => {
    if (!casesArePresent) return
    const scenario = join(folder, 'reports/dns/dns.json')
    world = await serveWorld('--scenario', scenario, '--dns', '0', '--name-server', `${NAME_SERVER}=0`)
  })
  afterAll(async () => {
    await world?.end()
  })

  it.runIf(casesArePresent)('has questions to ask', () => expect(rows.length).toBeGreaterThan(30))

  it.each(rows)('from %s: %s', async (who, asked = '', must = '', mustNot = '') => {
    const port = world.port(who === 'R' ? 'dns' : NAME_SERVER)
    const recursion = who === 'R' ? '+rec' : '+norec'
    const options = ['@127.0.0.1', '-p', `${port}`, '+tries=1', '+time=3', '+nocookie', recursion]
    const { stdout } = await run('dig', [...options, ...asked.split(' ')])
    const answer = stdout.replace(/[ \t]+/g, ' ')
    for (const part of must.split(';').filter((text) => text !== '')) expect(answer).toContain(part)
    for (const part of mustNot.split(';').filter((text) => text !== '')) expect(answer).not.toContain(part)
  })
})
