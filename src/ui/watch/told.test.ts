import { describe, expect, it } from 'vitest'
import exampleTest from '../../../lessons/scenarios/example-test.json'
import { readIntervention, readNow, readWatched } from './told'

const WATCHED = { scenario: exampleTest, seed: 1, epoch: 1_795_431_600_000, now: 12.5, complete: true }
const TYPED = { type: 'typed', at: 10, host: 'gateway', terminal: 't1', octets: 'EHLO me\r\n' }
const text = (data: unknown): string => JSON.stringify(data)

describe('an event of a served world', () => {
  it('is a run, an intervention or a time', () => {
    expect(readWatched(text(WATCHED))).toEqual(WATCHED)
    expect(readIntervention(text(TYPED))).toEqual(TYPED)
    expect(readNow(text({ now: 7 }))).toBe(7)
  })

  it.each([
    ['a run without a scenario', /scenario/, () => readWatched(text({ ...WATCHED, scenario: undefined }))],
    [
      'a run of a scenario without hosts',
      /hosts/,
      () => readWatched(text({ ...WATCHED, scenario: { ...exampleTest, hosts: [] } })),
    ],
    ['a seed that is no number', /"seed"/, () => readWatched(text({ ...WATCHED, seed: 'one' }))],
    ['an intervention of another kind', /"type"/, () => readIntervention(text({ ...TYPED, type: 'sung' }))],
    ['octets that are none', /"octets"/, () => readIntervention(text({ ...TYPED, octets: 'λ' }))],
    ['an intervention before the beginning', /"at"/, () => readIntervention(text({ ...TYPED, at: -1 }))],
    ['a time that is no number', /"now"/, () => readNow(text({ now: null }))],
    ['what is not JSON', /JSON/, () => readNow('now')],
  ])('is refused as %s', (_, problem, read) => expect(read).toThrow(problem))
})
