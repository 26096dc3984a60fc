import { describe, expect, it } from 'vitest'
import exampleTest from '../../../lessons/scenarios/example-test.json'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { bundledScenario } from '../../world/bundledScenario'
import { complaintAbout, doorsOf } from './doors'

describe('a port that is typed', () => {
  it.each([
    ['', 25, 'Give a host'],
    ['mx bird', 25, 'Give a host'],
    ['nowhere.example', 99_999, 'from 1 to 65535'],
    ['nowhere.example', 0, 'from 1 to 65535'],
    ['nowhere.example', 2.5, 'from 1 to 65535'],
    ['nowhere.example', Number.NaN, 'from 1 to 65535'],
  ])('%j port %d: %s', (host, port, words) => {
    expect(complaintAbout(host, port)).toContain(words)
  })

  it('is accepted even if there is no such host', () => {
    expect(complaintAbout('nowhere.example', 65_535)).toBeUndefined()
    expect(complaintAbout('192.0.2.1', 25)).toBeUndefined()
  })
})

describe('the ports of a world', () => {
  it('begin with the mail exchanger, which takes a letter delivered by hand', () => {
    const [first, second] = doorsOf(bundledScenario(twoTowns))
    expect(first).toEqual({
      host: 'mx.bird.example',
      port: 25,
      words: 'Bob’s exchanger, SMTP',
      implicitTls: false,
    })
    expect(second).toMatchObject({ host: 'mx-out.paper.example', port: 587, words: 'submission, SMTP' })
  })

  it('are those of the servers, each once; ports 465, 993 and 995 begin with TLS', () => {
    const doors = doorsOf(bundledScenario(exampleTest))
    expect(doors.map(({ host, port }) => `${host} ${port}`).sort()).toEqual(
      [25, 587, 465, 143, 993, 110, 995]
        .map((port) => `mail.example.test ${port}`)
        .concat('mx.elsewhere.test 25', 'mx.elsewhere.test 143')
        .sort(),
    )
    expect(
      doors
        .filter(({ implicitTls }) => implicitTls)
        .map(({ port }) => port)
        .sort((a, b) => a - b),
    ).toEqual([465, 993, 995])
  })
})
