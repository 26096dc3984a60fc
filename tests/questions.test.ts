import { describe, expect, it } from 'vitest'
import { loadLesson } from '../src/adapters/node/lessons'
import { readScenario } from '../src/adapters/node/scenarios'
import { catalogue } from '../src/hosts/catalogue'
import { type Answer, gradeQuestion } from '../src/learning/gradeQuestion'
import { recognize } from '../src/learning/gradeText'
import type { Lab } from '../src/learning/inWorld'
import { plainText } from '../src/learning/plainText'
import { interventionsOf } from '../src/learning/play'
import { unprovenIn } from '../src/learning/proveQuestion'
import { type ChoiceQuestion, isTable, type RecallQuestion, type WholeQuestion } from '../src/learning/question'
import { intervene, startTimeline, type Timeline, worldAt } from '../src/world/timeline'

/** Answers to a question of each kind, judged with the real servers. The questions are those of the first lesson. */

const { quiz } = loadLesson('lessons/01-the-journey/01-one-letter-three-steps')
const timelines = new Map<string, Timeline>()
const lab: Lab = {
  moments: quiz.moments,
  played: (run) => {
    const play = quiz.runs[run]
    if (!play) throw new Error(`no run ${run}`)
    const scenario = readScenario(play.scenario)
    const made =
      timelines.get(run) ?? startTimeline(scenario, catalogue, { interventions: interventionsOf(play, scenario) })
    timelines.set(run, made)
    return made
  },
  intervene: (timeline, intervention) => intervene(timeline, catalogue, intervention),
  worldAt: (timeline, t) => worldAt(timeline, catalogue, t),
}
const question = (id: string): WholeQuestion => {
  const found = quiz.questions.find((each) => each.id === id)
  if (!found || isTable(found)) throw new Error(`no question ${id}`)
  return found
}
const right = (id: string, ...answer: Answer): boolean => gradeQuestion(question(id), answer, lab).right
/** The first cause, in words. */
const cause = (id: string, ...answer: Answer): string =>
  plainText(gradeQuestion(question(id), answer, lab).causes[0]?.because ?? [])
const MEGABYTE = 1_000_000

describe('a choice', () => {
  it('is right if the right option is chosen, and the cause of a wrong one is said first', () => {
    expect(right('j-who-calls', 'own')).toBe(true)
    expect(right('j-who-calls', 'phone')).toBe(false)
    expect(right('j-who-calls')).toBe(false)
    expect(cause('j-who-calls', 'phone')).toMatch(/^Devices never call each other/)
  })

  it('of several is right only as a whole', () => {
    expect(right('j-supplies', 'letter', 'sender', 'reader')).toBe(true)
    expect(right('j-supplies', 'sender', 'reader')).toBe(false)
    expect(right('j-supplies', 'letter', 'sender', 'reader', 'server')).toBe(false)
    expect(cause('j-supplies', 'letter', 'sender', 'reader', 'server')).toMatch(/^The outgoing server finds that out/)
  })

  it('of a prediction is right if the run does so', () => {
    expect(right('j-phone-hears', 'expunge')).toBe(true)
    expect(right('j-phone-hears', 'exists')).toBe(false)
  })
})

describe('a number', () => {
  it.each(['3', ' 3 ', '3 connections', 'about 3'])('%j is three', (text) =>
    expect(right('j-connections', text)).toBe(true),
  )
  it.each(['', 'three', '33', '-3', '2'])('%j is not', (text) => expect(right('j-connections', text)).toBe(false))
  it('that was foreseen has its own cause', () =>
    expect(cause('j-connections', '1')).toMatch(/^No device calls the other/))
})

describe('an order', () => {
  const ids = (question('j-order') as Extract<WholeQuestion, { kind: 'order' }>).items.map(({ id }) => id)
  it('is right as it happens in the run', () => expect(right('j-order', ...ids)).toBe(true))
  it('is wrong with two items changed about, with one missing, and with one twice', () => {
    expect(right('j-order', ...ids.toReversed())).toBe(false)
    expect(right('j-order', ...ids.slice(1))).toBe(false)
    expect(right('j-order', ...ids.with(0, ids[1] ?? ''))).toBe(false)
  })
  it('names the mistake that was foreseen', () => {
    const swapped = ids.map((id) => (id === 'mx' ? 'taken' : id === 'taken' ? 'mx' : id))
    expect(cause('j-order', ...swapped)).toMatch(/^First the letter is handed over/)
  })
  it('may stand either way if both happen at one instant, or if the author says so', () => {
    const found = question('j-order') as Extract<WholeQuestion, { kind: 'order' }>
    const [first, second, ...rest] = ids as [string, string, ...string[]]
    expect(gradeQuestion(found, [second, first, ...rest], lab).right).toBe(false)
    expect(gradeQuestion({ ...found, ties: [[first, second]] }, [second, first, ...rest], lab).right).toBe(true)
    const moment = found.items[0]?.moment
    const items = found.items.map((item, at) => (at === 1 && moment ? { ...item, moment } : item))
    expect(gradeQuestion({ ...found, items }, [second, first, ...rest], lab).right).toBe(true)
  })
  it('of packets is judged alike', () => {
    expect(right('j-handshake', 'syn', 'synack', 'ack', 'greeting', 'hello')).toBe(true)
    expect(cause('j-handshake', 'syn', 'synack', 'ack', 'hello', 'greeting')).toMatch(
      /^In SMTP the server has the first/,
    )
  })
})

describe('blanks', () => {
  it.each<[string, string, string]>([
    ['SMTP', 'IMAP', 'POP3'],
    ['smtp', 'pop 3', ' imap '],
    ['“SMTP”', 'Pop', 'IMAP.'],
  ])('take %j %j %j', (...words) => expect(right('j-a2', ...words)).toBe(true))
  it.each<[string, string, string]>([
    ['SMTP', 'IMAP', 'IMAP'],
    ['IMAP', 'SMTP', 'POP3'],
    ['', '', ''],
    ['SMTP', 'IMAP', 'x'.repeat(MEGABYTE)],
  ])('refuse others', (...words) => expect(right('j-a2', ...words)).toBe(false))
  it('say what is wrong with a word that was foreseen', () =>
    expect(cause('j-a2', 'POP3', 'IMAP', 'POP3')).toMatch(/^IMAP and POP3 cannot send/))
})

describe('a line for a server', () => {
  it.each(['EHLO laptop', 'ehlo king.castle.example', 'EHLO   [192.0.2.10]', 'Ehlo laptop  '])(
    '%j is a greeting',
    (line) => expect(right('j-hello', line)).toBe(true),
  )
  it.each(['', 'EHLO', 'HELO laptop', 'EHLOlaptop', 'HELLO', 'NOOP', 'QUIT', '\u0000', 'É'])('%j is not', (line) =>
    expect(right('j-hello', line)).toBe(false),
  )
  it('has its cause by its verb, or by the reply that it draws', () => {
    expect(cause('j-hello', 'HELO laptop')).toMatch(/^A greeting, but you get no list/)
    expect(cause('j-hello', 'EHLO')).toMatch(/^A name is missing/)
    expect(cause('j-hello', 'GREET me')).toMatch(/^The server knows no such word/)
  })
  it('is one line: nothing after a line end is said', () => {
    const { said } = gradeQuestion(question('j-hello'), ['NOOP\r\nEHLO laptop'], lab)
    expect(said?.[0]?.[0]?.replies.map(({ means }) => means.name)).toEqual(['250'])
    expect(right('j-hello', 'NOOP\r\nEHLO laptop')).toBe(false)
  })
  it('of a megabyte is refused in a moment', () => {
    const began = performance.now()
    expect(right('j-hello', `EHLO ${'x'.repeat(MEGABYTE)}`)).toBe(false)
    expect(performance.now() - began).toBeLessThan(2000)
  })
})

describe('a list from memory', () => {
  it.each([
    'SMTP, IMAP, POP3',
    'it is pushed by smtp and pulled by Pop-3 or by I.M.A.P.? imap!',
    'POP 3\nIMAP4\nSimple Mail Transfer Protocol',
  ])('%j has all three', (text) => expect(right('j-push-pull', text)).toBe(true))
  it('lacks what was not said, and answers what does not belong there', () => {
    const { right: isRight, missing, causes } = gradeQuestion(question('j-push-pull'), ['SMTP and the DNS'], lab)
    expect(isRight).toBe(false)
    expect(missing).toEqual(['IMAP', 'POP3'])
    expect(causes[0]?.about).toBe('DNS')
  })
  it.each(['x', 'smtp ', 'p o p 3 ', '\u0301'])('of a megabyte of %j takes no time', (text) => {
    const began = performance.now()
    recognize(question('j-push-pull') as RecallQuestion, text.repeat(MEGABYTE / text.length))
    expect(performance.now() - began).toBeLessThan(1000)
  })
})

describe('a dialogue to mend', () => {
  const fix = question('j-forgotten') as Extract<WholeQuestion, { kind: 'fix' }>
  const script = fix.dialogues[0]?.script ?? []
  const withRcpt = (line: string): string => script.toSpliced(2, 0, line).join('\n')
  it.each([
    'RCPT TO:<bob@bird.example>',
    'rcpt to:<BOB@bird.example>',
    'RCPT TO:<nobody@bird.example>\nRCPT TO:<bob@bird.example>',
    'RSET\nMAIL FROM:<>\nRCPT TO:<bob@bird.example>',
  ])('is right with %j, since the letter arrives', (line) => expect(right('j-forgotten', withRcpt(line))).toBe(true))
  it.each(['', 'RCPT TO:<nobody@bird.example>', '(hang up)'])('is wrong with %j', (line) =>
    expect(right('j-forgotten', withRcpt(line))).toBe(false),
  )
  it('shows what the server said to each line', () => {
    const { said } = gradeQuestion(fix, [script.join('\n')], lab)
    expect(said?.[0]?.map(({ replies }) => replies.at(-1)?.means.name).slice(0, 3)).toEqual(['250', '250', '503'])
  })
  it('of ten thousand lines ends soon', () => {
    const began = performance.now()
    expect(right('j-forgotten', 'NOOP\n'.repeat(10_000))).toBe(false)
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})

describe('a short text', () => {
  it('is right by the parts that the learner ticks', () => {
    expect(right('j-short', 'pushed', 'found', 'carried', 'pulled')).toBe(true)
    expect(right('j-short', 'pushed', 'pulled')).toBe(false)
  })
})

describe('the fields of a packet', () => {
  it('are right as the packet has them', () => {
    expect(right('j-first-packet', '587', '0')).toBe(true)
    expect(right('j-first-packet', ' 587 ', 'none')).toBe(true)
    expect(right('j-first-packet', '25', '0')).toBe(false)
    expect(cause('j-first-packet', '25', '0')).toMatch(/where servers hand letters to each other/)
  })
})

describe('a key that the engine denies', () => {
  const denied = <Q extends WholeQuestion>(id: string, change: (was: Q) => Q): string =>
    unprovenIn(change(question(id) as Q), lab).join(' ')
  type Of<Kind extends WholeQuestion['kind']> = Extract<WholeQuestion, { kind: Kind }>

  it('fails: of a choice, of a number, of an order', () => {
    const swap = (was: ChoiceQuestion) => ({
      ...was,
      options: was.options.map((option) => ({ ...option, right: option.id === 'phone' })),
    })
    expect(denied('j-who-calls', swap)).toMatch(/"own" is true.*"phone" does not hold/)
    expect(denied<Of<'number'>>('j-connections', (was) => ({ ...was, key: 4 }))).toMatch(/The key is 4, the run says 3/)
    expect(denied<Of<'order'>>('j-order', (was) => ({ ...was, items: was.items.toReversed() }))).toMatch(
      /happens before/,
    )
  })

  it('fails: of a line, of a dialogue, of a packet', () => {
    expect(denied<Of<'command'>>('j-hello', (was) => ({ ...was, keys: ['MAIL FROM:<a@b.example>'] }))).toMatch(
      /refused/,
    )
    const unmended = (was: Of<'fix'>) => ({
      ...was,
      dialogues: was.dialogues.map((dialogue) => ({ ...dialogue, mended: dialogue.script })),
    })
    expect(denied('j-forgotten', unmended)).toMatch(/misses the goal/)
    const noField = (was: Of<'packet'>) => ({ ...was, rows: [{ label: 'x', field: 'packet.colour' }] })
    expect(denied('j-first-packet', noField)).toMatch(/no field "packet\.colour"/)
  })

  it('fails if a foreseen mistake would be judged right', () => {
    const slip = (was: Of<'fill'>) => ({
      ...was,
      blanks: was.blanks.with(0, { accept: ['SMTP'], slips: [{ says: ['smtp'], because: [] }] }),
    })
    expect(denied('j-a2', slip)).toMatch(/The slip "smtp" is right/)
  })
})
