import { type Card, createEmptyCard, fsrs, type Grade, Rating, State } from 'ts-fsrs'
import {
  type GivenAnswer,
  type ItemProgress,
  type Memory,
  MOST_ANSWERS,
  MOST_OF_AN_ANSWER,
  type Progress,
  type Sure,
} from './progressForm'
import type { ItemEntry } from './question'

/**
 * Answers, and when their items come back: by FSRS, which asks again when the chance to remember has fallen to nine in ten. Whole
 * days only, and always the same from the same answers.
 */

const DAY = 86_400_000
/** In days. */
const LONGEST = 365
const scheduler = fsrs({
  enable_fuzz: false,
  enable_short_term: false,
  request_retention: 0.9,
  maximum_interval: LONGEST,
})

export interface Answered {
  readonly item: string
  readonly answer: readonly string[]
  readonly right: boolean
  readonly sure?: Sure | undefined
  /** The item that is due, if `item` was asked as another form of it. */
  readonly insteadOf?: string | undefined
}

/** Keeps an answer, and decides when its item, or the one that it was asked for, comes back. */
export function answered(progress: Progress, given: Answered, now: number): Progress {
  const { item, right, sure, insteadOf } = given
  const answer: GivenAnswer = {
    at: now,
    answer: given.answer.map((each) => each.slice(0, MOST_OF_AN_ANSWER)),
    right,
    ...(sure && { sure }),
  }
  const memory = (of: string): Memory => remembered(progress.quiz[of]?.memory, ratingOf(right, sure), now)
  if (insteadOf === undefined || insteadOf === item) {
    return withItem(progress, item, { answers: added(progress, item, answer), memory: memory(item) })
  }
  // The form is seen, but does not come back for itself: it is the fact that does.
  const form = progress.quiz[item]?.memory
  const seen = withItem(progress, item, { answers: added(progress, item, answer), ...(form && { memory: form }) })
  // How sure one was counts once, where it was said.
  const { sure: _, ...unsaid } = answer
  return withItem(seen, insteadOf, {
    answers: added(progress, insteadOf, { ...unsaid, form: item }),
    memory: memory(insteadOf),
  })
}

/** A right guess is hardly known; who is certain and right waits longest. */
function ratingOf(right: boolean, sure: Sure | undefined): Grade {
  if (!right) return Rating.Again
  if (sure === 'guessing') return Rating.Hard
  return sure === 'certain' ? Rating.Easy : Rating.Good
}

function remembered(was: Memory | undefined, rating: Grade, now: number): Memory {
  const { card } = scheduler.next(was ? cardOf(was) : createEmptyCard(new Date(now)), new Date(now), rating)
  const { due, stability, difficulty, reps, lapses } = card
  // FSRS keeps the answers of a day apart, if need be beyond its longest interval.
  return { due: Math.min(due.getTime(), now + LONGEST * DAY), last: now, stability, difficulty, reps, lapses }
}

const cardOf = ({ due, last, stability, difficulty, reps, lapses }: Memory): Card => ({
  due: new Date(due),
  last_review: new Date(last),
  stability,
  difficulty,
  reps,
  lapses,
  elapsed_days: 0,
  scheduled_days: Math.round((due - last) / DAY),
  learning_steps: 0,
  state: State.Review,
})

const added = (progress: Progress, item: string, answer: GivenAnswer): readonly GivenAnswer[] =>
  [...(progress.quiz[item]?.answers ?? []), answer].slice(-MOST_ANSWERS)

const withItem = (progress: Progress, item: string, now: ItemProgress): Progress => ({
  ...progress,
  quiz: { ...progress.quiz, [item]: now },
})

export const lastAnswer = (progress: Progress, item: string): GivenAnswer | undefined =>
  progress.quiz[item]?.answers.at(-1)

/** True if the item is open: never answered, or due again by then. */
export function isOpen(progress: Progress, item: string, by: number): boolean {
  const was = progress.quiz[item]
  return was === undefined || (was.memory !== undefined && was.memory.due <= by)
}

/** The items that come back by then: first what one was sure of and wrong about, then what has waited longest. */
export function dueItems(progress: Progress, by: number): readonly string[] {
  const due = Object.entries(progress.quiz).filter(([, { memory }]) => memory !== undefined && memory.due <= by)
  return due
    .toSorted(([, a], [, b]) => weight(b) - weight(a) || (a.memory?.due ?? 0) - (b.memory?.due ?? 0))
    .map(([item]) => item)
}

/** How much a mistake is worth: the surer, the more. */
function weight({ answers }: ItemProgress): number {
  const last = answers.at(-1)
  if (!last || last.right) return 0
  const sure = last.sure ?? answers.findLast((answer) => answer.sure)?.sure
  return sure === 'certain' ? 3 : sure === 'fairly' ? 2 : 1
}

/** Whole days until an item comes back, at least one; undefined if it does not. */
export function daysUntilDue(progress: Progress, item: string, now: number): number | undefined {
  const due = progress.quiz[item]?.memory?.due
  return due === undefined ? undefined : Math.max(1, Math.ceil((due - now) / DAY))
}

/** How many items come back on each day: `ends` are the ends of the days, the first of them today's. */
export function ahead(progress: Progress, ends: readonly number[]): readonly number[] {
  const counts = ends.map(() => 0)
  for (const { memory } of Object.values(progress.quiz)) {
    const day = memory ? ends.findIndex((end) => memory.due <= end) : -1
    if (day !== -1) counts[day] = (counts[day] ?? 0) + 1
  }
  return counts
}

/**
 * The item to ask for one that is due. A missed one returns in another form of the same fact: the one that was seen least lately,
 * of a lesson that was begun. Without such a form, and if it was known, it is asked itself.
 */
export function formFor(progress: Progress, item: string, entries: readonly ItemEntry[]): string {
  const entry = entries.find(({ id }) => id === item)
  const last = lastAnswer(progress, item)
  if (!entry || !last || last.right) return item
  const asked = last.form ?? item
  const seenAt = (id: string): number => lastAnswer(progress, id)?.at ?? -1
  const forms = entries.filter(
    (other) =>
      other.question !== entry.question &&
      other.id !== asked &&
      isMet(progress, other) &&
      (other.facts.some((fact) => entry.facts.includes(fact)) ||
        other.forms.some((form) => entry.forms.includes(form))),
  )
  // The form that was missed last time may be asked again only if it is the only one.
  return forms.toSorted((a, b) => seenAt(a.id) - seenAt(b.id))[0]?.id ?? item
}

/** A question of a lesson that was never opened would be unfair. */
const isMet = (progress: Progress, { id, lesson }: ItemEntry): boolean =>
  id in progress.quiz || lesson === undefined || (progress.lessons[lesson]?.seen.length ?? 0) > 0
