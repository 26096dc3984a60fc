import { describe, expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { instant } from '../../base/time'
import english from '../../messages/en/fields'
import { bundledScenario } from '../../world/bundledScenario'
import { factOf } from '../../world/trace'
import { namesOf } from '../run/names'
import { viewOf } from '../run/runView'
import { captionAt } from '../stage/scene'
import { sentMessage } from '../testing/sentMessage'
import { inspect, layersOf, packetOf, presentOf } from './inspected'

const scenario = bundledScenario(twoTowns)
const timeline = sentMessage(scenario, scenario.letter.to)
const { trace } = timeline
const view = viewOf(timeline)
const packetFor = (order: number | undefined) => {
  const fact = order === undefined ? undefined : factOf(trace, order)
  return fact && packetOf(view, fact)
}

describe('the inspector while nothing is chosen', () => {
  it.each([false, true])('shows the line of the map at the same instant, by packet: %s', (packets) => {
    const names = namesOf(scenario)
    let compared = 0
    for (let t = 0; t < view.end; t += 3) {
      const caption = captionAt(view, names, instant(t), packets)
      if (!caption) continue
      compared++
      const shown = packetFor(presentOf(view, instant(t), packets))
      expect({ t, packet: shown?.packet.id }).toEqual({ t, packet: packetFor(caption.fact)?.packet.id })
    }
    expect(compared).toBeGreaterThan(1000)
  })
})

it('each field of each packet has a name from the message file', () => {
  const names = new Set<string>(Object.values(english))
  const fields = trace.flatMap((fact) => (fact.type === 'packetSent' ? layersOf(inspect(view, fact), true).fields : []))
  expect(new Set(fields.map(({ name }) => name)).size).toBeGreaterThan(40)
  expect([...new Set(fields.map(({ name }) => name))].filter((name) => !names.has(name))).toEqual([])
})

describe('a DNS question', () => {
  it('is marked only if an earlier answer already had its record', () => {
    const asked = trace.flatMap((fact) => {
      const sent = fact.type === 'queried' ? packetOf(view, fact) : undefined
      return fact.type === 'queried' && sent ? [{ host: fact.host, of: fact.means.name, ...inspect(view, sent) }] : []
    })
    const again = asked.filter(({ askedAgain }) => askedAgain)
    expect(again.length).toBeGreaterThan(0)
    expect(again.every(({ of }) => of === 'A')).toBe(true)
    // There was no answer before the first query.
    expect(asked[0]?.askedAgain).toBeUndefined()
  })
})

describe('the field that tells the most', () => {
  const told = (is: (fact: (typeof trace)[number]) => boolean, whole = false): readonly (string | undefined)[] =>
    trace.flatMap((fact) => {
      const sent = is(fact) ? packetOf(view, fact) : undefined
      if (!sent) return []
      const { fields, telling } = layersOf(inspect(view, sent), whole)
      return [fields[telling]?.value]
    })
  const saying = (octets: string, whole?: boolean) =>
    told((fact) => fact.type === 'sent' && fact.octets.startsWith(octets), whole)[0]

  it.each([false, true])(
    'is the answer of a DNS message, and the name that a question asks for; with headers: %s',
    (whole) => {
      const answers = told((fact) => fact.type === 'responded', whole)
      expect(answers).toContain('mx.bird.example.')
      expect(answers).toContain('203.0.113.25')
      expect(answers).toContain('ns.example.')
      const questions = told((fact) => fact.type === 'queried', whole)
      expect(new Set(questions)).toContain('bird.example.')
      expect([...answers, ...questions].filter((value) => value?.startsWith('0x'))).toEqual([])
    },
  )

  it.each([
    ['250 2.1.0', '2.1.0'],
    ['354', 'End data with <CR><LF>.<CR><LF>'],
    ['MAIL FROM:', '<alice@paper.example>'],
    ['QUIT', 'QUIT'],
    ['USER', 'bob'],
  ])('of the line %s is %s', (line, value) => {
    expect(saying(line)).toMatch(value)
    expect(saying(line, true)).toMatch(value)
  })
})
