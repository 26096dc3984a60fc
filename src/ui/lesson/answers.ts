import type { Prediction } from '../../learning/lesson'
import type { Sure } from '../../learning/progress'

/** The keys that say how sure one is. */
export const SURE_KEYS: Readonly<Record<string, Sure>> = { g: 'guessing', f: 'fairly', c: 'certain' }

/** The part of a prediction that depends on its kind. */
export interface AnswerProps {
  readonly prediction: Prediction
  /** The id of the question, which names the group. */
  readonly question: string
  readonly chosen: string | undefined
  /** It is sealed and cannot be changed. */
  readonly sealed: boolean
  /** The run's answer, once it has been shown. */
  readonly answer: string | undefined
  onChoose(answer: string | undefined): void
}

/** The choice before the learner does anything: none, but an order is always some order. */
export const startOf = (prediction: Prediction): string | undefined =>
  prediction.kind === 'order' ? startingOrder(prediction).join(' ') : undefined

/** The choice after the option at this place was pressed; a number and an order are not made so. */
export function withOption({ kind, options }: Prediction, was: string | undefined, place: number): string | undefined {
  const answer = options[place]?.answer
  if (answer === undefined || kind === 'number' || kind === 'order') return was
  return kind === 'several' ? toggled(options, was, answer) : answer
}

/** Of several: the answers that are chosen, in the order of the options. */
export function toggled(options: Prediction['options'], was: string | undefined, answer: string): string | undefined {
  const chosen = was?.split(' ') ?? []
  const next = options.map((option) => option.answer).filter((each) => chosen.includes(each) !== (each === answer))
  return next.length === 0 ? undefined : next.join(' ')
}

/** The order in which they are offered: always the same one, never the right one, and not the author's. */
function startingOrder({ options, answer }: Prediction): readonly string[] {
  const mixed = options.map((option) => option.answer).toSorted((a, b) => mixedUp(a) - mixedUp(b))
  return mixed.join(' ') === answer ? mixed.toReversed() : mixed
}

/** Some number that depends on nothing but the text. */
const mixedUp = (text: string): number => [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 9973, 7)
