import { meant } from './nearest'

/** The names that the project has for its authors. */
export interface KnownNames {
  /** The worlds of `lessons/scenarios/`. */
  readonly scenarios: readonly string[]
  /** The ids of `lessons/facts.yaml`; without them ids are not checked. */
  readonly facts?: readonly string[]
  readonly finePrint?: readonly string[]
  readonly misconceptions?: readonly string[]
}

type Path = readonly (string | number)[]
type Tell = (path: Path, message: string, remedy: string) => void

/** Tells each name below the data that does not exist: worlds, facts and misconceptions, by the fields that hold them. */
export function unknownNames(data: unknown, known: KnownNames | undefined, tell: Tell): void {
  if (!known) return
  const facts = known.facts && [...known.facts, ...(known.finePrint ?? [])]
  const ids = (value: unknown, path: Path, all: readonly string[] | undefined, kind: string, where: string): void => {
    if (!all) return
    for (const [at, id] of (Array.isArray(value) ? value : [value]).entries()) {
      if (typeof id === 'string' && !all.includes(id))
        tell(Array.isArray(value) ? [...path, at] : path, `there is no ${kind} "${id}"`, meantId(id, all, where))
    }
  }
  const walk = (value: unknown, path: Path): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, inner] of Object.entries(value)) {
      const here = [...path, Array.isArray(value) ? Number(name) : name]
      if (name === 'scenario' && typeof inner === 'string' && !known.scenarios.includes(inner))
        tell(here, `there is no world "${inner}"`, meant(inner, known.scenarios, 'Write it into lessons/scenarios/.'))
      else if (name === 'facts' || name === 'covers') ids(inner, here, facts, 'fact', 'facts.yaml')
      else if (name === 'finePrint') ids(inner, here, known.finePrint, 'fine print', 'facts.yaml')
      else if (name === 'misconception') ids(inner, here, known.misconceptions, 'misconception', 'facts.yaml')
      else walk(inner, here)
    }
  }
  walk(data, [])
}

/** An id of two or three signs is like many others: only another case is offered, else the file that has them. */
function meantId(id: string, all: readonly string[], file: string): string {
  const same = all.find((each) => each.toLowerCase() === id.toLowerCase())
  return same === undefined ? `All ids are in lessons/${file}, each with what it says.` : `Did you mean "${same}"?`
}
