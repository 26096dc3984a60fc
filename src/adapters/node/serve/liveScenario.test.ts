import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../hosts/catalogue'
import type { MailServerState } from '../../../hosts/mailServer/state'
import { INBOX, storedMailbox } from '../../../mail/store'
import { buildWorld } from '../../../world/build'
import type { Scenario, ScenarioHost } from '../../../world/scenario'
import { readScenario } from '../scenarios'
import { beginningAt } from './liveScenario'

const BOB = 'bob@example.test'
const scenario = readScenario('example-test')

/** The UIDVALIDITY of Bob's INBOX in a world that begins at this second. */
function validityAt(second: number, given: Scenario = scenario): number | undefined {
  const world = buildWorld(beginningAt(given, second), catalogue, 1)
  const found = Object.values(world.hosts).flatMap(({ state }) => {
    const { store } = state as Partial<MailServerState>
    return (store && storedMailbox(store, BOB, INBOX)?.uidValidity) ?? []
  })
  expect(found).toHaveLength(1)
  return found[0]
}

const configured = (config: ScenarioHost['config']): Scenario => ({
  ...scenario,
  hosts: scenario.hosts.map((host) =>
    host.role === 'mailServer' ? { ...host, config: { ...host.config, ...config } } : host,
  ),
})

describe('a world that begins at a second', () => {
  const second = Date.UTC(2026, 10, 23, 7)

  it('has a UIDVALIDITY that no world before it had (RFC 9051 section 2.3.1.1)', () => {
    const validity = validityAt(second) as number
    expect(validityAt(second + 125)).toBe(validity + 1)
    // New mailboxes take the next numbers: a world that begins two seconds later has a number beyond sixteen of them.
    expect(validityAt(second + 2000)).toBe(validity + 16)
  })

  it('has one of 32 bits, however late it is', () => {
    for (const year of [1970, 2026, 2150]) {
      const validity = validityAt(Date.UTC(year, 0, 1)) as number
      expect(validity).toBeGreaterThan(0)
      expect(validity).toBeLessThan(0xffff_ffff)
    }
  })

  it('has the one that its scenario names', () => {
    expect(validityAt(second, configured({ uidValidity: 7 }))).toBe(7)
  })
})
