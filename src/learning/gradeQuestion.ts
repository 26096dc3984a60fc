import type { Fact } from '../world/fact'
import { gradeBlanks, isOneOf, numberIn, recognize } from './gradeText'
import { isRefused, type Lab, meansSame, replayFix, type Said, sayCommand } from './inWorld'
import type { Inline } from './lesson'
import { factAt, fieldOf, type Moments, momentAt } from './moment'
import type {
  ChoiceQuestion,
  CommandQuestion,
  FillQuestion,
  FixQuestion,
  LineSlip,
  NumberQuestion,
  OrderQuestion,
  PacketQuestion,
  PacketRow,
  PredictQuestion,
  RecallQuestion,
  WholeQuestion,
} from './question'

/**
 * A learner's answer, by kind: the ids of the chosen options, or of the items in their order, or of the parts that are ticked;
 * the words of each blank; the text, the number or the line alone; the script of each dialogue.
 */
export type Answer = readonly string[]

/** Why it is right or wrong. */
export interface Cause {
  /** The option, item, blank (from 0), line or key that it is about. */
  readonly about?: string
  readonly right: boolean
  readonly because: readonly Inline[]
}

export interface Graded {
  readonly right: boolean
  /** The first is the most telling one. */
  readonly causes: readonly Cause[]
  /** The world's answers to each line, by dialogue. */
  readonly said?: readonly (readonly Said[])[]
  /** Names of what a list lacks. */
  readonly missing?: readonly string[]
}

/** Judges an answer. Only lines that are said to a server need the engine. */
export function gradeQuestion(question: WholeQuestion, answer: Answer, lab: Lab): Graded {
  switch (question.kind) {
    case 'single':
    case 'multiple':
    case 'predict':
      return gradeOptions(question, answer)
    case 'number':
      return gradeNumber(question, answer)
    case 'order':
      return gradeOrder(question, answer, lab)
    case 'command':
      return gradeCommand(question, answer, lab)
    case 'fill':
      return gradeFill(question, answer)
    case 'recall':
      return gradeRecall(question, answer)
    case 'fix':
      return gradeFix(question, answer, lab)
    case 'packet':
      return gradePacket(question, answer, lab)
    case 'short': {
      const ticked = question.parts.filter(({ id }) => answer.includes(id)).length
      return { right: ticked >= question.enough, causes: [] }
    }
  }
}

function gradeOptions({ options }: ChoiceQuestion | PredictQuestion, answer: Answer): Graded {
  const causes = options.map(
    ({ id, right, because }): Cause => ({ about: id, right: answer.includes(id) === right, because }),
  )
  // A choice that was made comes first, and of those a wrong one.
  const weight = ({ about = '', right }: Cause): number => (right ? 2 : 0) + (answer.includes(about) ? 0 : 1)
  return {
    right: causes.every(({ right }) => right),
    causes: [...causes].sort((a, b) => weight(a) - weight(b)),
  }
}

function gradeNumber({ key, within, because, slips }: NumberQuestion, [text = '']: Answer): Graded {
  const given = numberIn(text)
  const right = given !== undefined && Math.abs(given - key) <= within
  const slip = right ? undefined : slips.find(({ number }) => number === given)
  return { right, causes: [...(slip ? [{ right: false, because: slip.because }] : []), { right: true, because }] }
}

/** True where two items may stand either way. */
export function areTied(question: OrderQuestion, trace: readonly Fact[], moments: Moments) {
  const instants = new Map(
    question.items.map(({ id, moment }) => [id, moment && momentAt(trace, moment, moments)] as const),
  )
  return (a: string, b: string): boolean =>
    question.ties.some((group) => group.includes(a) && group.includes(b)) ||
    (instants.get(a) !== undefined && instants.get(a) === instants.get(b))
}

function gradeOrder(question: OrderQuestion, answer: Answer, lab: Lab): Graded {
  const { items, run, slips, because } = question
  const tied = areTied(question, run === undefined ? [] : lab.played(run).trace, lab.moments)
  const place = (id: string): number => answer.indexOf(id)
  const ids = items.map(({ id }) => id)
  const whole = answer.length === ids.length && ids.every((id) => answer.includes(id))
  const misplaced = ids.filter((id, at) =>
    ids.some((other, nth) => nth < at && place(id) < place(other) && !tied(id, other)),
  )
  const slip = slips.find(({ first, next }) => place(first) < place(next))
  const right = whole && misplaced.length === 0
  return {
    right,
    causes: [
      ...(!right && slip ? [{ about: slip.first, right: false, because: slip.because }] : []),
      { right: true, because },
    ],
  }
}

function gradeCommand(question: CommandQuestion, [line = '']: Answer, lab: Lab): Graded {
  const said = sayCommand(lab, question, line)
  const right =
    !isRefused(said) && question.keys.some((key) => meansSame(said, sayCommand(lab, question, key), question.free))
  const slip = right ? undefined : slipIn([said], question.slips)
  return {
    right,
    causes: [...(slip ? [{ right: false, because: slip.because }] : []), { right: true, because: question.because }],
    said: [[said]],
  }
}

/** The first foreseen mistake that was made. */
function slipIn(said: readonly Said[], slips: readonly LineSlip[]): LineSlip | undefined {
  const lower = (text: string): string => text.toLowerCase()
  return slips.find(({ name, reply, says }) =>
    said.some(
      ({ line, heard, replies }) =>
        (name === undefined ||
          lower(heard?.means.name ?? '') === lower(name) ||
          lower(line.trimStart().split(/\s/, 1)[0] ?? '') === lower(name)) &&
        (reply === undefined || replies.some(({ means }) => lower(means.name) === lower(reply))) &&
        (says === undefined ||
          [line, ...replies.map(({ octets }) => octets)].some((each) => lower(each).includes(lower(says)))),
    ),
  )
}

function gradeFill(question: FillQuestion, answer: Answer): Graded {
  const right = gradeBlanks(question, answer)
  const slips = question.blanks.flatMap(({ slips }, at): Cause[] => {
    const slip = right[at] ? undefined : slips.find(({ says }) => isOneOf(answer[at] ?? '', says))
    return slip ? [{ about: String(at), right: false, because: slip.because }] : []
  })
  return { right: right.every(Boolean), causes: [...slips, { right: true, because: question.because }] }
}

function gradeRecall(question: RecallQuestion, [text = '']: Answer): Graded {
  const { keys, slips, because } = question
  const found = recognize(question, text)
  return {
    right: found.right,
    causes: [
      ...slips
        .filter((_, at) => found.slips[at])
        .map((slip) => ({ about: slip.label, right: false, because: slip.because })),
      { right: true, because },
    ],
    missing: keys.filter((_, at) => !found.keys[at]).map(({ label }) => label),
  }
}

function gradeFix(question: FixQuestion, answer: Answer, lab: Lab): Graded {
  const scripts = answer.map((script) => script.split(/\r\n|\r|\n/))
  const { reached, said } = replayFix(lab, question, scripts)
  const slip = reached ? undefined : slipIn(said.flat(), question.slips)
  return {
    right: reached,
    causes: [
      ...(slip ? [{ right: false, because: slip.because }] : []),
      ...(reached || !slip ? [{ right: true, because: question.because }] : []),
    ],
    said,
  }
}

/** The value of a packet's field, as text. */
export function packetField({ run, moment }: PacketQuestion, { field }: PacketRow, lab: Lab): string | undefined {
  const fact = factAt(lab.played(run).trace, moment, lab.moments)
  const value = fact && (fieldOf(fact, field) ?? lengthOf(fact, field))
  return value === undefined ? undefined : String(value)
}

/** The number of octets of a field that holds octets: `packet.payload.length`. */
function lengthOf(fact: Fact, field: string): number | undefined {
  const octets = field.endsWith('.length') ? fieldOf(fact, field.slice(0, -'.length'.length)) : undefined
  return typeof octets === 'string' ? octets.length : undefined
}

function gradePacket(question: PacketQuestion, answer: Answer, lab: Lab): Graded {
  const blanks = question.rows.filter((row) => row.blank)
  const right = blanks.map((row, at) =>
    isOneOf(answer[at] ?? '', [packetField(question, row, lab) ?? '', ...(row.blank?.accept ?? [])]),
  )
  const slips = blanks.flatMap(({ blank }, at): Cause[] => {
    const slip = right[at] ? undefined : blank?.slips.find(({ says }) => isOneOf(answer[at] ?? '', says))
    return slip ? [{ about: String(at), right: false, because: slip.because }] : []
  })
  return { right: right.every(Boolean), causes: [...slips, { right: true, because: question.because }] }
}
