import { octets } from '../base/octets'
import { fieldBody } from '../mail/headerFields'
import { type BodyPart, bodyPart } from '../mail/mime'
import type { Work } from './check'
import { proven, provenKey } from './grade'
import { type Answer, areTied, gradeQuestion, packetField } from './gradeQuestion'
import { isRefused, type Lab, replayFix, sayCommand, workOf } from './inWorld'
import { measured } from './measure'
import { factAt } from './moment'
import { isNoProof, isTable, type OrderQuestion, type Proofs, type Question, type QuestionOption } from './question'

/**
 * The engine against the author: every reason why a question's key is not what the runs do, a sentence each. Empty if all of it
 * is proven, or has a reason for having no proof.
 */
export function unprovenIn(question: Question, lab: Lab): readonly string[] {
  const played = (run: string): Work => workOf(lab, lab.played(run))
  const holds = (proofs: Proofs): boolean =>
    isNoProof(proofs) ||
    proofs.every((proof) =>
      'reports' in proof
        ? reported(question, proof.reports) === proof.is
        : proven(proof, played(proof.run), lab.moments),
    )
  const problems = [...unseen(question, lab)]
  if (isTable(question)) {
    for (const item of question.items) {
      if (item.unproven !== undefined) continue
      const key = provenKey(question, item, lab.moments, played)
      if (key !== item.key) problems.push(`${item.id}: the key is "${item.key}", the runs say "${key ?? 'none'}".`)
    }
    return problems
  }
  switch (question.kind) {
    case 'single':
    case 'multiple':
    case 'predict':
      problems.push(...question.options.flatMap((option) => unprovenOption(option, holds)))
      break
    case 'number': {
      const number = measured(question.measure, workOf(lab, lab.played(question.run)))
      if (number !== question.key) problems.push(`The key is ${question.key}, the run says ${number ?? 'nothing'}.`)
      break
    }
    case 'order':
      if (!question.proof) problems.push(...misordered(question, lab))
      break
    case 'command':
      for (const key of question.keys) {
        const said = sayCommand(lab, question, key)
        if (!said.heard) problems.push(`Nobody hears the right line "${key}".`)
        else if (isRefused(said))
          problems.push(`The right line "${key}" is refused: ${said.replies.at(-1)?.octets ?? ''}`)
      }
      break
    case 'fill':
    case 'recall':
      if (!holds(question.proof)) problems.push('Its proof does not hold.')
      if (question.kind === 'recall') {
        for (const { label, proof } of [...question.keys, ...question.bonus]) {
          if (proof && !holds(proof)) problems.push(`The proof of "${label}" does not hold.`)
        }
      }
      break
    case 'fix': {
      const scripts = (of: 'script' | 'mended') => question.dialogues.map((dialogue) => dialogue[of])
      if (replayFix(lab, question, scripts('script')).reached)
        problems.push('The script has no flaw: the goal is reached.')
      if (!replayFix(lab, question, scripts('mended')).reached) problems.push('The mended script misses the goal.')
      break
    }
    case 'packet':
      for (const row of question.rows) {
        if (packetField(question, row, lab) === undefined) problems.push(`The packet has no field "${row.field}".`)
      }
      break
    case 'short':
      break
  }
  return [...problems, ...misjudged(question, lab)].map((problem) =>
    problem.startsWith(`${question.id}: `) ? problem : `${question.id}: ${problem}`,
  )
}

/** A field of the delivery report (RFC 3464) in the question's stored message. */
function reported(question: Question, field: string): string | undefined {
  const letter = isTable(question) ? undefined : question.letter
  const within = (part: BodyPart): readonly BodyPart[] => [part, ...part.parts.flatMap(within)]
  const report = within(bodyPart(octets(letter ?? ''))).find(({ subtype }) => subtype === 'delivery-status')
  const groups = (report?.body ?? '').split('\r\n\r\n')
  return groups.flatMap((group) => fieldBody(octets(`${group}\r\n`), field) ?? [])[0]
}

function unprovenOption({ id, right, proof }: QuestionOption, holds: (proofs: Proofs) => boolean): readonly string[] {
  if (isNoProof(proof) || holds(proof) === right) return []
  return [right ? `The proof of the right answer "${id}" does not hold.` : `The wrong answer "${id}" is true.`]
}

function misordered(question: OrderQuestion, lab: Lab): readonly string[] {
  const { trace } = lab.played(question.run ?? '')
  const tied = areTied(question, trace, lab.moments)
  const placed = question.items.map(({ id, moment }) => ({
    id,
    at: moment && factAt(trace, moment, lab.moments)?.order,
  }))
  return placed.flatMap(({ id, at }, nth) => {
    if (at === undefined) return [`The moment of "${id}" is not in the run.`]
    const before = placed.slice(0, nth).find((other) => (other.at ?? -1) > at && !tied(other.id, id))
    return before ? [`"${id}" happens before "${before.id}".`] : []
  })
}

/** The moments of "show" and "from" that the runs do not have. */
function unseen(question: Question, lab: Lab): readonly string[] {
  const shows = [question, ...(isTable(question) ? question.items : [])].flatMap(({ id, show }) =>
    show ? [{ id, show }] : [],
  )
  const problems = shows.flatMap(({ id, show }) =>
    factAt(lab.played(show.run).trace, show.moment, lab.moments)
      ? []
      : [`${id}: the moment of "show" is not in the run.`],
  )
  if ((question.kind === 'predict' || question.kind === 'number') && question.from) {
    const { trace } = lab.played(question.show.run)
    const asked = factAt(trace, question.from, lab.moments)
    const shown = factAt(trace, question.show.moment, lab.moments)
    if (!asked || !shown || asked.order >= shown.order) problems.push('It is asked after the run has shown it.')
  }
  return problems
}

/** The author's own answers, judged as a learner's: a key that is wrong, and a foreseen mistake that is right. */
function misjudged(question: Exclude<Question, { kind: 'sort' | 'match' }>, lab: Lab): readonly string[] {
  const judge = (answer: Answer): boolean => gradeQuestion(question, answer, lab).right
  switch (question.kind) {
    case 'fill': {
      const key = question.blanks.map(({ accept }) => accept[0] ?? '')
      const wrong = question.blanks.flatMap(({ slips }, at) =>
        slips.flatMap(({ says }) => says.filter((each) => judge(key.with(at, each)))),
      )
      return [
        ...(judge(key) ? [] : ['Its own words are wrong.']),
        ...wrong.map((each) => `The slip "${each}" is right.`),
      ]
    }
    case 'recall': {
      const all = question.keys.map(({ label }) => label).join(', ')
      const wrong = question.slips.filter(({ label }) => judge([label]))
      return [
        ...(judge([all]) ? [] : ['Its own words are wrong.']),
        ...wrong.map(({ label }) => `The slip "${label}" is right.`),
      ]
    }
    case 'number': {
      const wrong = question.slips.filter(({ number }) => judge([String(number)]))
      return wrong.map(({ number }) => `The slip ${number} is right.`)
    }
    case 'command':
      return question.keys.filter((key) => !judge([key])).map((key) => `The right line "${key}" is judged wrong.`)
    default:
      return []
  }
}
