import { beforeAll, describe, expect, it } from 'vitest'
import twoTowns from '../../lessons/scenarios/two-towns.json'
import { type Instant, instant, START } from '../base/time'
import { catalogue } from '../hosts/catalogue'
import { bundledScenario } from '../world/bundledScenario'
import { intervene, type Timeline } from '../world/timeline'
import type { Focus } from './run/flight'
import type { History } from './run/history'
import { momentAfter, momentBefore } from './run/moments'
import { namesOf } from './run/names'
import { type RunView, viewOf } from './run/runView'
import { fitted, wireTextOf } from './run/wire'
import { captionAt, sceneAt } from './stage/scene'
import { eventSentence, newsAt, packetInWords, sentenceAt } from './stage/sentence'
import { historyOf, momentsOf } from './testing/historyOf'
import { sentMessage } from './testing/sentMessage'

const scenario = bundledScenario(twoTowns)
const names = namesOf(scenario)
let timeline: Timeline
let view: RunView
let history: History
let lines: readonly Focus[]

beforeAll(() => {
  timeline = sentMessage(scenario, scenario.letter.to)
  view = viewOf(timeline)
  history = view.history
  lines = [...history.flights.lines]
})

/** The instant at which the stage shows the first line of the host with this text. */
function momentOf(host: string, text: string) {
  const focus = lines.find(({ flight }) => {
    const fact = timeline.trace[flight.fact]
    return fact?.type === 'sent' && fact.host === host && fact.octets.startsWith(text)
  })
  if (!focus) throw new Error(`nobody says ${text}`)
  return focus
}

describe('flights', () => {
  it('every line of the journey arrives, after it was sent', () => {
    expect(lines.length).toBeGreaterThan(60)
    expect(lines.filter(({ flight: { arrives, sent, arrived } }) => !arrived || arrives <= sent)).toEqual([])
  })

  it('a line arrives when the segment with its last octet does, and is read then', () => {
    const { flight } = momentOf('mx-out.paper.example', 'RCPT TO')
    const read = timeline.trace.find(
      (fact) => fact.type === 'read' && fact.connection === flight.connection && fact.octets.startsWith('RCPT'),
    )
    expect(read?.at).toBe(flight.arrives)
  })
})

describe('moments', () => {
  it.each(['hop', 'line', 'packet'] as const)(
    'by %s grow strictly, and stepping there and back stops at each once',
    (size) => {
      const moments = momentsOf(history, size)
      expect(moments.length).toBeGreaterThan(10)
      expect(moments.every(({ at }, i) => i === 0 || at > (moments[i - 1]?.at ?? 0))).toBe(true)
      const there = []
      for (let m = momentAfter(history, size, instant(-1)); m; m = momentAfter(history, size, m.at)) there.push(m)
      const back = []
      for (let m = momentBefore(history, size, instant(view.end + 1)); m; m = momentBefore(history, size, m.at))
        back.push(m)
      expect(back.reverse()).toEqual(there)
    },
  )

  it('by line: each answer has its own moment, and the caption at that moment is about it', () => {
    for (const { at, fact } of momentsOf(history, 'line')) expect(captionAt(view, names, at)?.fact).toBe(fact)
  })
})

describe('pace', () => {
  it('is monotone and can be inverted', () => {
    const { pace } = view
    let before = -1
    for (let t = 0; t <= view.end; t += view.end / 997) {
      const playing = pace.playingAt(instant(t))
      expect(playing).toBeGreaterThanOrEqual(before)
      expect(pace.virtualAt(playing)).toBeCloseTo(t, 6)
      before = playing
    }
    expect(pace.playingAt(view.end)).toBe(pace.length)
  })

  it('a line crosses the map in 600 to 1400 ms, and stands until it is read; quiet times are short', () => {
    const { pace } = view
    const { flight } = momentOf('mx-out.paper.example', 'RCPT TO')
    const crossed = instant(flight.sent + 0.97 * (flight.arrives - flight.sent))
    const [sent, across, arrives] = [flight.sent, crossed, flight.arrives].map((t) => pace.playingAt(t))
    if (sent === undefined || across === undefined || arrives === undefined) throw new Error('it flies')
    expect(across - sent).toBeGreaterThanOrEqual(600)
    expect(across - sent).toBeLessThanOrEqual(1400)
    expect(arrives - sent).toBeGreaterThan(across - sent)
    const nights = timeline.trace.flatMap(({ at }, n) => {
      const next = timeline.trace[n + 1]?.at ?? at
      return next - at > 1000 ? [pace.playingAt(next) - pace.playingAt(at)] : []
    })
    expect(nights.length).toBeGreaterThan(0)
    expect(Math.max(...nights)).toBeLessThan(400)
  })
})

describe('the scene', () => {
  it('at RCPT TO: a slip half-way, both ends lit, the sender known, one letter waiting', () => {
    const { at } = momentOf('mx-out.paper.example', 'RCPT TO')
    const scene = sceneAt(view, names, at)
    const [traveller] = scene.travellers
    expect(traveller).toMatchObject({
      shape: 'slip',
      from: 'mx-out.paper.example',
      to: 'mx.bird.example',
      focus: true,
    })
    expect(traveller?.progress).toBeCloseTo(0.5, 1)
    expect(scene.hosts['mx.bird.example']).toMatchObject({
      active: true,
      state: { text: 'sender known', protocol: 'SMTP' },
    })
    expect(scene.hosts['mx-out.paper.example']).toMatchObject({ active: true, waiting: 1 })
    expect(scene.hosts['bob-phone']?.active).toBe(false)
    expect(scene.caption?.wire.text).toBe('RCPT TO:<bob@bird.example>')
  })

  it('is the same after playing, seeking or going back', () => {
    const forwards = momentsOf(history, 'line').map(({ at }) => JSON.stringify(sceneAt(view, names, at)))
    const backwards = [...momentsOf(history, 'line')]
      .reverse()
      .map(({ at }) => JSON.stringify(sceneAt(view, names, at)))
    expect(backwards.reverse()).toEqual(forwards)
  })

  it('at the end all queues are empty', () => {
    const scene = sceneAt(view, names, view.end)
    expect(Object.values(scene.hosts).filter(({ waiting }) => waiting > 0)).toEqual([])
    expect(scene.hosts['bob-laptop']?.holds).toBe(1)
  })

  it('a phone drops its copy when the server says that the letter is gone', () => {
    const fetched = timeline.trace.find((fact) => fact.type === 'messageFetched' && fact.host === 'bob-phone')
    const holding = sceneAt(view, names, fetched?.at ?? START)
    expect(holding.hosts['bob-phone']?.holds).toBe(1)
    expect(sceneAt(view, names, view.end).hosts['bob-phone']?.holds).toBe(0)
    expect(sceneAt(view, names, view.end).hosts['store.bird.example']?.holds).toBe(0)
  })

  it('by packet: segments are beads', () => {
    const first = momentsOf(history, 'packet')[0]
    const scene = sceneAt(view, names, first?.at ?? START, { packets: true })
    expect(scene.travellers[0]?.shape).toBe('bead')
    expect(scene.caption?.wire.text).toMatch(/^calls \(TCP SYN seq \d+\)$/)
  })
})

describe('sentences', () => {
  it('name both hosts in plain words, with the line', () => {
    const { at } = momentOf('mx-out.paper.example', 'RCPT TO')
    expect(sentenceAt(view, names, at)).toBe(
      'mx-out asks mx.bird: “Will you take a letter for Bob?” RCPT TO:<bob@bird.example>',
    )
  })

  it('call "no such name" an answer, and only REFUSED a refusal', () => {
    const other = viewOf(sentMessage(scenario, 'bob@nowhere.example'))
    const sentences = [...other.history.flights.lines].map(({ at }) => sentenceAt(other, names, at))
    const told = sentences.filter((sentence) => sentence.includes('NXDOMAIN'))
    expect(told.length).toBeGreaterThan(0)
    expect(told.filter((sentence) => !/ answers /.test(sentence))).toEqual([])
  })

  it('say that a POP3 client before USER is not logged in', () => {
    const said = lines.map(({ at }) => sceneAt(view, names, at).hosts['store.bird.example'])
    const states = said.flatMap((host) => (host?.state?.protocol === 'POP3' ? [host.state.text] : []))
    expect(states).toContain('not logged in')
    expect(states).not.toContain('no user')
  })

  it('exist for every moment', () => {
    for (const size of ['hop', 'line', 'packet'] as const) {
      for (const { at } of momentsOf(history, size)) expect(sentenceAt(view, names, at, size)).toMatch(/\S/)
    }
  })

  it('tell a story by hops: no sentence is repeated', () => {
    const told = momentsOf(history, 'hop').map(({ at }) => sentenceAt(view, names, at, 'hop'))
    expect(told.filter((sentence, i) => sentence === told[i - 1])).toEqual([])
    const parts = [
      'has a letter for bob@bird.example',
      'are connected, on port 587',
      'The letter travels from Alice’s laptop to mx-out.',
      'waits in the queue of mx-out',
      'takes it, preference 10',
    ]
    const places = [
      ...parts,
      'connected, on port 25',
      'lies in the mailbox',
      'by IMAP',
      'by POP3',
      'has carried the letter home',
    ].map((part) => told.findIndex((sentence) => sentence.includes(part)))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0)
  })

  it('end with the letter fetched by POP3, or with its loss if no host has it', () => {
    const removed = timeline.trace.find((fact) => fact.type === 'messageRemoved')
    if (!removed) throw new Error('nothing is removed')
    const carried = 'Bob’s laptop has carried the letter home: POP3 took it off the server.'
    expect(eventSentence(removed, names, history)).toBe(carried)
    const unread = timeline.trace.filter((fact) => fact.type !== 'messageFetched' || fact.by !== 'POP3')
    expect(eventSentence(removed, names, historyOf(unread))).toMatch(
      /^The letter is gone from INBOX of bob@bird\.example/,
    )
    const expunged = { ...removed, by: 'IMAP' as const, order: timeline.trace.length }
    expect(eventSentence(expunged, names, historyOf([...timeline.trace, expunged]))).toMatch(/gone .* by IMAP\.$/)
  })

  it('have the acknowledgment number of a bare ACK, and the sequence number of other segments', () => {
    const segments = timeline.trace.flatMap((fact) =>
      fact.type === 'packetSent' && fact.packet.kind === 'segment' ? [{ fact, packet: fact.packet }] : [],
    )
    const bare = segments.filter(
      ({ packet: { flags, payload } }) => flags.ack && !flags.syn && !flags.fin && !flags.rst && payload.length === 0,
    )
    expect(bare.length).toBeGreaterThan(5)
    for (const { fact, packet } of bare)
      expect(packetInWords(fact, names).wire.text).toBe(`TCP ACK ack ${packet.acknowledgement}`)
    for (const { fact, packet } of segments.filter((one) => !bare.includes(one)))
      expect(packetInWords(fact, names).wire.text).toMatch(new RegExp(`^TCP [A-Z ]+ seq ${packet.sequence}$`))
  })

  it('describe a connection until something is said on it', () => {
    const opened = timeline.trace.find(({ type }) => type === 'connectionOpened')
    const [greeting] = lines
    if (!opened || !greeting) throw new Error('nobody connects')
    const words = 'Alice’s laptop and mx-out are connected, on port 587.'
    expect(newsAt(view, names, opened.at)).toBe(words)
    expect(sentenceAt(view, names, opened.at)).toBe(words)
    expect(newsAt(view, names, greeting.at)).toBeUndefined()
    expect(newsAt(view, names, START)).toBeUndefined()
  })

  it('describe a device that is let rest, which the map shows until it wakes', () => {
    const body = { type: 'policyChanged', host: 'bob-laptop', policy: 'rests' } as const
    const at = instant(timeline.until + 1)
    const resting = intervene(timeline, catalogue, { ...body, value: true, at })
    const awake = intervene(resting, catalogue, { ...body, value: false, at: instant(at + 1000) })
    const shown = viewOf(awake)
    const rests = (t: Instant) => sceneAt(shown, names, t).hosts['bob-laptop']?.rests
    expect(sentenceAt(shown, names, at)).toBe('Bob’s laptop rests: it looks for mail only when it is told to.')
    expect([rests(instant(at - 1)), rests(at), rests(instant(at + 1000))]).toEqual([false, true, false])
    expect(sceneAt(shown, names, at).hosts['bob-phone']?.rests).toBe(false)
    const off = intervene(timeline, catalogue, { at, type: 'hostStopped', host: 'bob-laptop' })
    const unheard = intervene(off, catalogue, { ...body, value: true, at: instant(at + 1) })
    expect(sceneAt(viewOf(unheard), names, instant(at + 1)).hosts['bob-laptop']?.rests).toBe(false)
  })

  it('describe a switch that was turned after the last line, and nothing that a line shows', () => {
    const at = instant(timeline.until + 1)
    const turned = intervene(timeline, catalogue, {
      type: 'policyChanged',
      at,
      host: 'mx.bird.example',
      policy: 'relayForStrangers',
      value: true,
    })
    expect(newsAt(viewOf(turned), names, at)).toMatch(/“Relay for strangers” is now on/)
    expect(newsAt(view, names, timeline.until)).toBeUndefined()
  })

  it('show DNS messages as in a zone file', () => {
    const texts = lines.flatMap(({ flight }) => {
      const line = timeline.trace[flight.fact]
      return line?.type === 'queried' || line?.type === 'responded' ? [wireTextOf(line).text] : []
    })
    expect(texts).toContain('MX? bird.example.')
    expect(texts).toContain('bird.example. NS ns.bird.example.')
    expect(texts.some((text) => text.startsWith('MX 10 mx.bird.example.'))).toBe(true)
  })

  it('are shortened to fit, with the number of lines', () => {
    expect(fitted({ text: '250-mx.bird.example greets mx-out.paper.example', lines: 5 }, 40)).toBe(
      '250-mx.bird.example greets … (5 lines)',
    )
  })
})
