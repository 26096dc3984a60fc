import { createStore, useStore } from '../keeping/createStore'
import { readText, writeText } from '../keeping/database'

/** How sure a learner is of a prediction, from least to most. */
export const CONFIDENCES = ['guessing', 'fairly', 'certain'] as const
export type Confidence = (typeof CONFIDENCES)[number]

/** The keys that choose them. */
export const CONFIDENCE_KEYS: Readonly<Record<string, Confidence>> = { g: 'guessing', f: 'fairly', c: 'certain' }

const KEY = 'confidences'
type Kept = Readonly<Record<string, Confidence>>

const read = (): Kept => {
  try {
    return JSON.parse(readText('session', KEY) ?? '{}') as Kept
  } catch {
    return {}
  }
}
const kept = createStore<Kept>(read())

/** How sure the learner was at a step of a lesson, and what keeps it. The first word stands, as that of the prediction does. */
export function useConfidence(
  lesson: string,
  step: string,
): readonly [Confidence | undefined, (sure: Confidence) => void] {
  const name = `${lesson}#${step}`
  const all = useStore(kept)
  return [
    all[name],
    (sure) => {
      const next = { [name]: sure, ...kept.get() }
      kept.set(next)
      writeText('session', KEY, JSON.stringify(next))
    },
  ]
}
