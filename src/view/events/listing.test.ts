import { describe, expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { instant, later, milliseconds, minutes, START } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { composeMessage } from '../../mail/compose'
import { bundledScenario } from '../../world/bundledScenario'
import type { Fact } from '../../world/fact'
import { intervene, runOn, startTimeline, type Timeline } from '../../world/timeline'
import { namesOf } from '../run/names'
import { viewOf } from '../run/runView'
import { sentMessage } from '../testing/sentMessage'
import { parseFilter } from './filter/parse'
import { isListed, type Listing, list, listingOf, nothingListed, placeOfFact } from './listing'
import { causeOf, effectOf, indexOfFact } from './neighbours'
import { EVERYTHING, shownAt, sift, type Wanted } from './sift'

const scenario = bundledScenario(twoTowns)
const names = namesOf(scenario)
const sent = sentMessage(scenario, 'bob@bird.example')

/** The list as it is made of all facts, one after another. */
const madeAtOnce = ({ trace }: Pick<Timeline, 'trace'>): Listing => trace.reduce<Listing>(list, nothingListed)
const plain = ({ events, messages }: Listing) => ({ events: [...events], messages })

function another(timeline: Timeline, to: string): Timeline {
  const { host, account, from } = scenario.letter
  const message = composeMessage({ from, to: [to], subject: 'again', body: 'and again' })
  const at = later(timeline.until, milliseconds(1))
  return intervene(timeline, catalogue, { type: 'submitted', at, host, account, forwardPaths: [to], message })
}

describe('the list of events', () => {
  it('has each line that was said, and each event, once and in order', () => {
    const orders = [...listingOf(sent).events].map(({ fact }) => fact)
    expect(orders).toEqual(sent.trace.filter(isListed).map(({ order }) => order))
    const said = sent.trace.filter(({ type }) => type === 'sent' || type === 'queried' || type === 'responded')
    expect(said.every(({ order }) => placeOfFact(listingOf(sent), order) !== undefined)).toBe(true)
  })

  it('of a longer run and of a branch is the one made of all their facts', () => {
    const longer = runOn(another(sent, 'nobody@bird.example'), catalogue, later(sent.until, minutes(3)))
    const branch = intervene(longer, catalogue, { type: 'hostStopped', at: instant(300), host: 'mx.bird.example' })
    for (const run of [longer, branch]) expect(plain(listingOf(run))).toEqual(plain(madeAtOnce(run)))
  })

  it('of a run that is longer adds only the new facts', () => {
    const before = listingOf(sent)
    const longer = another(sent, 'bob@bird.example')
    const after = listingOf(longer)
    for (let place = 0; place < before.events.length - 20; place++)
      expect(after.events.get(place)).toBe(before.events.get(place))
  })

  it('knows the letter of each line, also if one connection carries several', () => {
    const twice = another(sent, 'carol@bird.example')
    const listing = listingOf(twice)
    expect(listing.messages).toHaveLength(3)
    const [first, second, notice] = listing.messages
    const about = (message: string | undefined): readonly string[] =>
      [...listing.events].flatMap((listed) => {
        const fact = twice.trace[listed.fact]
        return listed.message === message && fact?.type === 'sent' && fact.means.name === 'RCPT' ? [fact.octets] : []
      })
    expect(about(first)).toEqual(Array(3).fill('RCPT TO:<bob@bird.example>\r\n'))
    expect(new Set(about(second))).toEqual(new Set(['RCPT TO:<carol@bird.example>\r\n']))
    expect(notice).toContain('.notice@')
    // Looking up the way belongs to the letter that needs it.
    expect(
      [...listing.events].some(({ fact, message }) => message === first && twice.trace[fact]?.type === 'queried'),
    ).toBe(true)
  })

  it('does not take a look for mail for the letter that an earlier look found', () => {
    const run = runOn(sent, catalogue, later(sent.until, minutes(30)))
    const late = [...listingOf(run).events].filter(({ at }) => at > minutes(2))
    expect(late.length).toBeGreaterThan(0)
    expect(late.every(({ message }) => message === undefined)).toBe(true)
  })

  it('is empty in a run in which nothing has happened', () => {
    const run = startTimeline(scenario, catalogue)
    expect(sift(viewOf(run), names, EVERYTHING).length).toBe(listingOf(run).events.length)
    const empty: Timeline = {
      scenario,
      seed: 1,
      interventions: [],
      snapshots: [],
      trace: [],
      until: START,
      busy: false,
    }
    expect(listingOf(empty).events).toHaveLength(0)
    expect(sift(viewOf(empty), names, { ...EVERYTHING, text: 'x' }).length).toBe(0)
  })
})

describe('the shown events', () => {
  const view = viewOf(sent)
  const orders = (wanted: Partial<Wanted>): readonly number[] => {
    const shown = sift(view, names, { ...EVERYTHING, ...wanted })
    return Array.from({ length: shown.length }, (_, index) => shownAt(shown, index)?.fact ?? -1)
  }
  const types = (wanted: Partial<Wanted>): readonly (string | undefined)[] =>
    orders(wanted).map((order) => sent.trace[order]?.type)

  it('fit every filter at once', () => {
    expect(new Set(types({ hidden: new Set(['SMTP', 'POP3', 'IMAP']), host: 'root' }))).toEqual(
      new Set(['queried', 'responded']),
    )
    expect(types({ text: 'lies in the mailbox' })).toEqual(['messageDelivered'])
    expect(types({ text: 'RCPT TO', host: 'alice-laptop', message: listingOf(sent).messages[0] })).toEqual(['sent'])
    expect(types({ outcome: 'refused' })).toEqual([])
    expect(types({ filter: parseFilter('kind == fetched').filter })).toEqual(['messageFetched', 'messageFetched'])
  })

  it('have their place in the whole list, and the whole list has theirs', () => {
    const shown = sift(view, names, { ...EVERYTHING, hidden: new Set(['SMTP']) })
    for (let index = 0; index < shown.length; index++) expect(shown.indexOf(shown.placeAt(index))).toBe(index)
    expect(shown.placeAt(shown.length)).toBe(-1)
  })

  it('lead to their cause and to their effect', () => {
    const shown = sift(view, names, EVERYTHING)
    const rcpt = sent.trace.findIndex((fact) => fact.type === 'sent' && fact.means.name === 'RCPT')
    const reply = causeOf(view, shown, rcpt)
    const at = (index: number | undefined): Fact | undefined =>
      sent.trace[index === undefined ? -1 : (shownAt(shown, index)?.fact ?? -1)]
    expect(at(reply)).toMatchObject({ type: 'sent', means: { name: '250' } })
    expect(effectOf(view, shown, at(reply)?.order ?? -1)).toBe(indexOfFact(shown, rcpt))
    expect(causeOf(view, shown, 2)).toBeUndefined()
    const last = shown.length - 1
    expect(effectOf(view, shown, shownAt(shown, last)?.fact ?? -1)).toBeUndefined()
  })

  it('lead from what somebody did to what followed, and back', () => {
    const shown = sift(view, names, EVERYTHING)
    const written = sent.trace.findIndex(({ type }) => type === 'messageWritten')
    const connected = sent.trace.findIndex(({ type }) => type === 'connectionOpened')
    expect(effectOf(view, shown, written)).toBe(indexOfFact(shown, connected))
    expect(causeOf(view, shown, connected)).toBe(indexOfFact(shown, written))
  })

  it('skip a cause that a filter hides', () => {
    const shown = sift(view, names, { ...EVERYTHING, filter: parseFilter('smtp.command').filter })
    const rcpt = sent.trace.findIndex((fact) => fact.type === 'sent' && fact.means.name === 'RCPT')
    expect(shownAt(shown, causeOf(view, shown, rcpt) ?? -1)?.fact).toBeLessThan(rcpt)
    expect(sent.trace[shownAt(shown, causeOf(view, shown, rcpt) ?? -1)?.fact ?? -1]).toMatchObject({
      means: { name: 'MAIL' },
    })
  })
})

describe('a trace of a million facts', () => {
  /** Copies of one run, one after another, with the orders and causes of each moved on. */
  const copies = Math.ceil(1_000_000 / sent.trace.length)
  const long = Array.from({ length: copies }, (_, n) => n).flatMap((n) => {
    const by = n * sent.trace.length
    return sent.trace.map(
      (fact): Fact => ({
        ...fact,
        at: instant(fact.at + n * 60_000),
        order: fact.order + by,
        ...(fact.cause === undefined ? {} : { cause: fact.cause + by }),
      }),
    )
  })

  it('is listed in seconds, and one more fact costs no more than at the start', { timeout: 60_000 }, () => {
    const before = performance.now()
    const listing = madeAtOnce({ trace: long })
    expect(performance.now() - before).toBeLessThan(20_000)
    expect(listing.events.length).toBe(copies * listingOf(sent).events.length)
    expect(placeOfFact(listing, long.length - sent.trace.length)).toBeUndefined()
    const [last] = [...listing.events.from(listing.events.length - 1)]
    expect(placeOfFact(listing, last?.fact ?? -1)).toBe(listing.events.length - 1)
  })
})
