import { describe, expect, it } from 'vitest'
import exampleTest from '../../lessons/scenarios/example-test.json' with { type: 'json' }
import { scenarioSchema } from './scenarioSchema'

const withServers = (config: object) => ({
  ...exampleTest,
  hosts: exampleTest.hosts.map((host) =>
    host.role === 'mailServer' ? { ...host, config: { ...host.config, ...config } } : host,
  ),
})

describe('the UIDVALIDITY of a mail server', () => {
  it.each([1, 1_795_431_600])('may be %i', (uidValidity) => {
    expect(scenarioSchema.safeParse(withServers({ uidValidity })).success).toBe(true)
  })

  it.each([0, -1, 1.5, 4_294_967_296, '1'])('may not be %j: a number of 32 bits above 0', (uidValidity) => {
    expect(scenarioSchema.safeParse(withServers({ uidValidity })).success).toBe(false)
  })
})
