import type { ItemEntry } from '../../learning/question'

const indexes = import.meta.glob<readonly ItemEntry[]>('../../../lessons/course.yaml', {
  query: '?items',
  import: 'default',
})

let opened: Promise<readonly ItemEntry[]> | undefined

/** All items of all quizzes, without their answers. */
export function openItems(): Promise<readonly ItemEntry[]> {
  opened ??= Promise.all(Object.values(indexes).map((load) => load())).then((found) => found.flat())
  return opened
}
