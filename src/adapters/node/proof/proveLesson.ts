import type { Work } from '../../../learning/check'
import type { Deed, Play } from '../../../learning/deed'
import { answerOf, gradeTask, workBegins } from '../../../learning/grade'
import type { Block, Inline, Lesson, LessonStep, Prediction, Solution, Task } from '../../../learning/lesson'
import { factAt, momentAt } from '../../../learning/moment'
import { interventionsOf } from '../../../learning/play'
import type { Intervention } from '../../../world/intervention'
import type { Timeline } from '../../../world/timeline'
import { readScenario } from '../scenarios'
import { played, workIn } from './played'
import { stageAt, wiresIn } from './stage'

/** Reports what is wrong, with the id near which it stands in the lesson's text. */
type Report = (near: string, message: string, remedy: string) => void

interface LessonRun {
  readonly play: Play
  readonly timeline: Timeline
  readonly begins: readonly Intervention[]
}

/**
 * Proves a lesson by its runs: every moment is there and shows itself, the run answers each prediction as the lesson says, no task
 * is solved at the start, every way solves it, every slip draws its feedback, the last hint says what a way says.
 */
export function proveLesson(lesson: Lesson, solution: Solution, report: Report): void {
  const runs = new Map<string, LessonRun>()
  for (const [id, play] of Object.entries(lesson.runs)) {
    const begins = interventionsOf(play, readScenario(play.scenario))
    runs.set(id, { play, timeline: played(play), begins })
  }
  proveMoments(lesson, runs, report)
  proveOrder(lesson, runs, report)
  for (const step of lesson.steps) {
    const run = runs.get(step.run) as LessonRun
    proveStep(lesson, step, run, report)
    if (step.prediction) provePrediction(lesson, step, step.prediction, run, report)
    if (step.task) proveTask(lesson, step, step.task, solution, run, report)
    proveLinks(step, report)
  }
  if (!lesson.steps.some((step) => step.prediction ?? step.task))
    report('title', 'the lesson asks for nothing', 'Add a prediction and a task.')
  if (lesson.closing.length === 0) report('title', 'the lesson ends without a question', 'Add one to quiz.yaml.')
}

function proveMoments({ moments }: Lesson, runs: ReadonlyMap<string, LessonRun>, report: Report): void {
  for (const [id, moment] of Object.entries(moments)) {
    const found = [...runs.values()].some(({ timeline }) => factAt(timeline.trace, moment, moments))
    if (!found)
      report(
        `${id}:`,
        `no run has the moment "${id}"`,
        'See what happens in it: npm run --silent ehlo -- lesson play PATH RUN.',
      )
  }
}

function proveOrder(lesson: Lesson, runs: ReadonlyMap<string, LessonRun>, report: Report): void {
  let before: { readonly run: string; readonly at: number } | undefined
  for (const step of lesson.steps) {
    const moment = step.moment === undefined ? undefined : lesson.moments[step.moment]
    const trace = runs.get(step.run)?.timeline.trace
    const at = moment && trace && momentAt(trace, moment, lesson.moments)
    if (at === undefined) continue
    if (before && before.run === step.run && at < before.at)
      report(
        `#${step.id}`,
        `step "${step.id}" goes back in time`,
        'Tell a run in the order of time, or take another run.',
      )
    before = { run: step.run, at }
  }
}

function proveStep(lesson: Lesson, step: LessonStep, { timeline }: LessonRun, report: Report): void {
  const hosts = timeline.scenario.hosts.map(({ name }) => name)
  for (const host of step.focus ?? []) {
    if (!hosts.includes(host)) report(`#${step.id}`, `there is no machine "${host}"`, `There are ${hosts.join(', ')}.`)
  }
  if (step.moment === undefined) return
  const moment = lesson.moments[step.moment]
  const stage = moment && stageAt(timeline, moment, lesson.moments)
  if (!stage) {
    report(
      `#${step.id}`,
      `the run "${step.run}" has no moment "${step.moment}"`,
      'Name another moment, or another run.',
    )
    return
  }
  if (stage.told !== stage.about) {
    report(
      `#${step.id}`,
      `at "${step.moment}" the map tells "${stage.told}" and not "${stage.about}"`,
      'Take the line that is in focus then for the moment.',
    )
  }
  const quoted = wiresIn(step.prediction?.question ?? []).filter((wire) => /^[A-Z]{4} /.test(wire))
  for (const wire of quoted.filter((each) => !isShown(each, stage.wire))) {
    report(
      `#${step.id}`,
      `the question quotes ${wire}, and the map shows ${stage.wire}`,
      'Let the step open at that line.',
    )
  }
}

/** A question may quote the line in focus, or a line that is still to be said. */
const isShown = (quoted: string, shown: string): boolean =>
  shown.startsWith(quoted) || !shown.startsWith(quoted.slice(0, 4))

function provePrediction(
  lesson: Lesson,
  step: LessonStep,
  prediction: Prediction,
  { timeline }: LessonRun,
  report: Report,
): void {
  const say = (message: string, remedy: string): void => report(`#${step.id}`, `step "${step.id}": ${message}`, remedy)
  const answer = answerOf(prediction, lesson, workIn(timeline))
  const isSame =
    prediction.kind === 'several' ? sorted(answer ?? '') === sorted(prediction.answer) : answer === prediction.answer
  if (!isSame) {
    say(
      `the run answers "${answer ?? 'nothing'}", and the lesson says "${prediction.answer}"`,
      'The engine is right: mend the answer, the moment or the checks.',
    )
    return
  }
  const moment = lesson.moments[prediction.moment]
  const shown = moment && momentAt(timeline.trace, moment, lesson.moments)
  const asked = lesson.moments[step.moment ?? '']
  const askedAt = asked ? (momentAt(timeline.trace, asked, lesson.moments) ?? 0) : 0
  if (shown !== undefined && shown <= askedAt && !isLaterFact(lesson, step, prediction, timeline))
    say('the map shows the answer before the question', 'Let the step open at an earlier moment.')
  if (prediction.kind !== 'reply' || !moment) return
  const stage = stageAt(timeline, moment, lesson.moments)
  // A reply of several lines has a hyphen after its code.
  const said = [...(stage?.wire.split(/[ ?,;]+|(?<=^\d{3})-/) ?? []), stage?.protocol, ...(stage?.ends ?? [])]
  if (!said.includes(prediction.answer) && !stage?.wire.includes(prediction.answer))
    say(
      `the line in focus, "${stage?.wire ?? ''}", does not say the answer`,
      'Take the moment of the line that answers.',
    )
}

/** Two facts of one instant may still be before and after. */
function isLaterFact(lesson: Lesson, step: LessonStep, prediction: Prediction, { trace }: Timeline): boolean {
  const [asked, shown] = [lesson.moments[step.moment ?? ''], lesson.moments[prediction.moment]]
  const from = asked && factAt(trace, asked, lesson.moments)
  const to = shown && factAt(trace, shown, lesson.moments)
  return to !== undefined && (from === undefined || from.order < to.order)
}

const sorted = (ids: string): string => ids.split(' ').toSorted().join(' ')

function proveTask(
  lesson: Lesson,
  step: LessonStep,
  task: Task,
  solution: Solution,
  { play, timeline, begins }: LessonRun,
  report: Report,
): void {
  const say = (message: string, remedy: string): void => report(`#${step.id}`, `step "${step.id}": ${message}`, remedy)
  const { ways = [], slips = {} } = solution[step.id] ?? {}
  const hosts = timeline.scenario.hosts.map(({ name }) => name)
  if (task.at !== undefined && !hosts.includes(task.at))
    say(`there is no machine "${task.at}"`, `There are ${hosts.join(', ')}.`)
  const grade = (deeds: readonly Deed[]) => {
    const work: Work = workIn(played(play, deeds))
    return gradeTask(task, lesson, { ...work, from: workBegins(work.trace, begins) })
  }
  if (grade([]).solved)
    say('it is solved before anything is done', 'Ask for something that the run does not do itself.')
  if (gradeTask(task, lesson, workIn(timeline)).solved)
    say('the lesson’s own run solves it', 'A learner who begins anew would find it done: make the check more exact.')
  if (ways.length === 0) say('it has no solution', 'Write at least one way into solution.yaml.')
  for (const [at, way] of ways.entries()) {
    const { solved, mistakes, reached, harm } = grade(way)
    if (!solved) {
      const missed = task.goals.filter((_, goal) => !reached[goal]).map(({ check }) => check)
      say(
        `way ${at + 1} does not solve it: ${harm ? 'it does harm' : `not reached: ${missed.join(', ')}`}` +
          `${mistakes[0] ? `; the page would say the mistake "${nameOf(mistakes[0])}"` : ''}`,
        'Mend the way, or the check.',
      )
    }
  }
  for (const mistake of task.mistakes) {
    const name = nameOf(mistake)
    const slip = slips[name]
    if (!slip) {
      say(`nothing makes the mistake "${name}"`, `Write deeds for it below slips: in solution.yaml, as "${name}".`)
      continue
    }
    const { solved, mistakes } = grade(slip)
    if (solved) say(`the mistake "${name}" solves it`, 'Make the check more exact.')
    else if (mistakes[0] !== mistake)
      say(
        `the mistake "${name}" is not what is told first, but ${mistakes[0] ? `"${nameOf(mistakes[0])}"` : 'nothing'}`,
        'Put the more special one first, or make its check more exact.',
      )
  }
  for (const name of Object.keys(slips).filter((each) => !task.mistakes.some((mistake) => nameOf(mistake) === each)))
    say(`solution.yaml has a slip "${name}" that the task does not tell`, 'Add ::mistake, or remove the slip.')
  proveHint(task, ways, say)
}

const nameOf = ({ when, reply }: Task['mistakes'][number]): string => when ?? reply ?? ''

/** The last hint gives a line away: one of the ways says it. */
function proveHint(
  task: Task,
  ways: readonly (readonly Deed[])[],
  say: (message: string, remedy: string) => void,
): void {
  const hint = task.hints.find(({ grade }) => grade === 'line')
  const done = ways.flat().map(wordsOf).join('\n').toLowerCase()
  for (const wire of wiresIn(hint?.inlines ?? [])) {
    if (!done.includes(wire.toLowerCase()))
      say(`its last hint says ${wire}, and no way does that`, 'Let one way of solution.yaml do what the hint says.')
  }
}

/** All words in which a deed is given. */
const wordsOf = (deed: Deed): string =>
  Object.values(deed)
    .flat(2)
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
    .join(' ')

/** Links lead to a page of the program or to the web. */
function proveLinks(step: LessonStep, report: Report): void {
  const inlines = [
    ...step.blocks.flatMap(inlinesIn),
    ...(step.watch ?? []),
    ...(step.prediction?.options.flatMap(({ why, label }) => [...why, ...label]) ?? []),
    ...(step.task?.blocks.flatMap(inlinesIn) ?? []),
    ...(step.task?.praise ?? []),
  ]
  for (const url of linksIn(inlines)) {
    if (
      !/^(?:https:\/\/\S+|#\/(?:learn|quiz|lab|reference)(?:[/?]\S*)?|\/(?:learn|quiz|lab|reference)(?:[/?]\S*)?)$/.test(
        url,
      )
    )
      report(
        `#${step.id}`,
        `the link ${url} leads nowhere`,
        'Write https://…, or /learn, /quiz, /lab, /reference and what follows.',
      )
  }
}

const inlinesIn = (block: Block): readonly Inline[] => {
  if ('inlines' in block) return block.inlines
  if ('blocks' in block) return block.blocks.flatMap(inlinesIn)
  if (block.kind === 'list') return block.items.flat().flatMap(inlinesIn)
  return block.kind === 'table' ? block.rows.flat(2) : []
}

const linksIn = (inlines: readonly Inline[]): readonly string[] =>
  inlines.flatMap((each) =>
    typeof each === 'string' || each.kind === 'wire'
      ? []
      : [...(each.kind === 'link' ? [each.url] : []), ...linksIn(each.inlines)],
  )
