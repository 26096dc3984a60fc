import { describe, expect, it } from 'vitest'
import { NOTHING_TOLD, type Present, spokenWire, tell } from './spoken'

const ending = (standing: string, headline: string | undefined): string => `${standing}: ${headline ?? 'as said'}`
/** The sayings of these moments, one after the other. */
function saidAt(moments: readonly Partial<Present>[]): readonly string[] {
  let told = NOTHING_TOLD
  return moments.flatMap((moment) => {
    const before = told.text
    told = tell(told, { headline: undefined, sentence: '', playing: true, standing: 'goesOn', ...moment }, ending)
    return told.text === '' || told.text === before ? [] : [told.text]
  })
}

describe('the spoken headline', () => {
  it('is said once, also if the sentence beside it changes', () => {
    expect(
      saidAt([
        { headline: 'It waits.', sentence: 'Good day.' },
        { headline: 'It waits.', sentence: 'Goodbye.' },
        { headline: 'It waits.', sentence: 'The connection is closed.' },
        { headline: 'It has arrived.', sentence: 'Goodbye.' },
      ]),
    ).toEqual(['It waits.', 'It has arrived.'])
  })

  it('is not said if the sentence has said it, and not later either', () => {
    expect(
      saidAt([
        { headline: 'It waits.', sentence: 'It waits.' },
        { headline: 'It waits.', sentence: 'Goodbye.' },
        { headline: 'It travels.', sentence: 'It travels. It is lost on the way.' },
        { headline: 'It travels.', sentence: 'Goodbye.' },
      ]),
    ).toEqual([])
  })

  it('is not said again while it counts down to the next try', () => {
    const counting = ['Tried again in 3 min.', 'Tried again in 2 min.', 'It travels.'].map((headline) => ({ headline }))
    expect(saidAt(counting)).toEqual(['Tried again in 3 min.', 'It travels.'])
  })

  it('is not said again when a letter that has crossed a link is followed by the headline of before', () => {
    const back = [{ headline: 'It waits.' }, { headline: 'It travels.' }, { headline: 'It waits.' }]
    expect(saidAt(back)).toEqual(['It waits.', 'It travels.'])
    // A person who steps back hears where that leads.
    expect(saidAt(back.map((moment) => ({ ...moment, playing: false })))).toEqual([
      'It waits.',
      'It travels.',
      'It waits.',
    ])
  })

  it('tells how the run ended, with the headline that was said before, and again when the end is reached again', () => {
    const atEnd: Partial<Present> = { headline: 'It is back.', sentence: 'Goodbye.', playing: false, standing: 'over' }
    expect(
      saidAt([
        { headline: 'It is back.', sentence: 'It is back.' },
        { headline: 'It is back.', sentence: 'Goodbye.' },
        atEnd,
        atEnd,
        { ...atEnd, standing: 'goesOn' },
        atEnd,
        { ...atEnd, standing: 'rests' },
        { ...atEnd, sentence: 'It is back.' },
      ]),
    ).toEqual(['over: It is back.', 'over: It is back.', 'rests: It is back.', 'over: as said'])
  })

  it('tells the end of a run without a letter too', () => {
    expect(saidAt([{ sentence: 'The connection is closed.' }, { standing: 'over', playing: false }])).toEqual([
      'over: as said',
    ])
  })
})

describe('a line by ear', () => {
  it.each([
    ['AUTH PLAIN AGFsaWNlAHBhcGVyYm9hdA==', 'AUTH PLAIN …'],
    ['MAIL FROM:<alice@paper.example> SIZE=1024', 'MAIL FROM:<alice@paper.example> SIZE=1024'],
    ['a1 NO [AUTHENTICATIONFAILED] Wrong password', 'a1 NO [AUTHENTICATIONFAILED] Wrong password'],
    ['* OK The next word is UIDVALIDITY', '* OK The next word is UIDVALIDITY'],
  ])('%j', (wire, said) => {
    expect(spokenWire(wire)).toBe(said)
  })

  it('is cut when it is long', () => {
    const said = spokenWire(`* CAPABILITY ${'IDLE UIDPLUS MOVE '.repeat(20)}`)
    expect(said).toMatch(/^\* CAPABILITY IDLE UIDPLUS .* …$/)
    expect(said.length).toBeLessThanOrEqual(62)
  })
})
