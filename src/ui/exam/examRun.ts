import { use } from 'react'
import type { Instant } from '../../base/time'
import { type Exam, type ExamWork, examIn, gradeExam } from '../../learning/exam'
import { type ExamWorld, examWorld } from '../../learning/examWorld'
import { workBegins } from '../../learning/grade'
import { interventionsOf } from '../../learning/play'
import type { ExamRecord } from '../../learning/progressForm'
import { viewOf } from '../../view/run/runView'
import type { Intervention } from '../../world/intervention'
import type { Scenario } from '../../world/scenario'
import type { Timeline } from '../../world/timeline'
import { forget } from '../keeping/database'
import { begun } from '../run/begun'
import { openRun, type Run } from '../run/createRun'
import { engine } from '../run/engine'

/** An exam in the world of its seed. */
export interface OpenExam {
  readonly exam: Exam
  readonly world: ExamWorld
  readonly run: Run
  /** The learner's work begins here: what the world begins with is over. */
  readonly from: Instant
}

const texts = import.meta.glob<Exam>('../../../lessons/exam.yaml', { query: '?exam', import: 'default' })
const scenarios = import.meta.glob<Scenario>('../../../lessons/scenarios/exam.json', { import: 'default' })

async function only<T>(found: Readonly<Record<string, () => Promise<T>>>): Promise<T> {
  const [load] = Object.values(found)
  if (!load) throw new Error('Broken expectation: lessons/ has an exam and its world')
  return load()
}

let text: Promise<Exam> | undefined
/** The exam as it is written, without a world. */
export function writtenExam(): Promise<Exam> {
  if (!text) {
    text = only(texts)
    // After a failure, the next call tries again.
    text.catch(() => {
      text = undefined
    })
  }
  return text
}

const opened = new Map<number, Promise<OpenExam>>()

/** The exam of a seed with its run, which goes on where it was left. */
export function openExam(seed: number): Promise<OpenExam> {
  let exam = opened.get(seed)
  if (!exam) {
    exam = open(seed)
    opened.set(seed, exam)
    exam.catch(() => opened.delete(seed))
  }
  return exam
}

export const useOpenExam = (seed: number): OpenExam => use(openExam(seed))

async function open(seed: number): Promise<OpenExam> {
  const [written, base] = await Promise.all([writtenExam(), only(scenarios)])
  const world = examWorld(base, seed)
  const { before = [] } = world.scenario
  const run = openRun(keyOf(seed), world.scenario)
  await begun(run, before)
  const from = viewOf(engine.start(world.scenario, { seed: run.get().timeline.seed, interventions: before })).end
  if (run.get().t < from) run.actions.seek(from)
  return { exam: examIn(written, world.words), world, run, from }
}

const keyOf = (seed: number): string => `exam:${seed}`
const workedKeyOf = (seed: number): string => `exam:${seed}:worked`

/** Removes the stored runs of exams whose worlds are not shown any more. Their results stay in the progress. */
export const forgetRuns = (exams: readonly ExamRecord[]): Promise<void> =>
  forget(exams.flatMap(({ seed }) => [keyOf(seed), workedKeyOf(seed)].map((key) => `run:${key}`)))

const worked = new Map<number, Promise<OpenExam>>()

/** The same world with a way through all parts. */
export function openWorked(seed: number): Promise<OpenExam> {
  let run = worked.get(seed)
  if (!run) {
    run = workedWay(seed)
    worked.set(seed, run)
    run.catch(() => worked.delete(seed))
  }
  return run
}

/** Between two parts, so that each has come to its end. */
const A_WHILE = 100_000

async function workedWay(seed: number): Promise<OpenExam> {
  const { exam, world, from } = await openExam(seed)
  const run = openRun(workedKeyOf(seed), world.scenario)
  const parts = exam.parts.flatMap((part, nth) => partDone(exam, part.id, world, (from + nth * A_WHILE) as Instant))
  await begun(run, [...(world.scenario.before ?? []), ...parts], () => from)
  return { exam, world, run, from }
}

/** The deeds of the machines in place of the learner, from this instant on. */
export function partDone({ parts }: Exam, id: string, { scenario }: ExamWorld, from: Instant): readonly Intervention[] {
  const deeds = parts.find((part) => part.id === id)?.worked ?? []
  const shifted = deeds.map((deed) => ({ ...deed, at: deed.at + from }))
  return interventionsOf({ deeds: shifted }, { ...scenario, before: [] })
}

/** The work in a run, for grading. */
export const workOf = (timeline: Timeline, { scenario }: ExamWorld) => ({
  trace: timeline.trace,
  from: workBegins(timeline.trace, scenario.before ?? []),
  worldAt: (t: Instant) => engine.worldAt(timeline, t),
})

export const judged = ({ exam, world, run }: OpenExam, work: ExamWork) =>
  gradeExam(exam, workOf(run.get().timeline, world), work)
