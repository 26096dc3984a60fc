import type { Node } from 'mdast'
import type { Place } from './yaml'

/** Where the parts of a lesson stand in `lesson.md`. The page does not get it. */
export class LessonPlaces {
  readonly #lines: readonly string[]
  readonly #parts = new WeakMap<object, Place>()
  /** The place of a field of the front matter. */
  readonly front: (path: readonly (string | number)[]) => Place

  constructor(markdown: string, front: LessonPlaces['front'] = () => ({ line: 1, column: 1 })) {
    this.#lines = markdown.split('\n')
    this.front = front
  }

  /** Remembers where a part stands, and gives it back. */
  keep<T extends object>(part: T, node: Pick<Node, 'position'>): T {
    const { line, column } = node.position?.start ?? { line: 1, column: 1 }
    this.#parts.set(part, { line, column })
    return part
  }

  /** The place of a part, or of one of its attributes. */
  of(part: object, attribute?: string): Place {
    const place = this.#parts.get(part) ?? { line: 1, column: 1 }
    const text = this.#lines[place.line - 1] ?? ''
    const found = attribute === undefined ? undefined : new RegExp(`[{\\s]${attribute}=["']?`).exec(text)
    return found ? { line: place.line, column: found.index + found[0].length + 1 } : place
  }

  /** Where a text stands, from a part on. */
  find(text: string, from: object): Place {
    const start = this.of(from)
    for (let at = start.line - 1; at < this.#lines.length; at++) {
      const column = this.#lines[at]?.indexOf(text) ?? -1
      if (column >= 0) return { line: at + 1, column: column + 1 }
    }
    return start
  }
}
