import { VERBS } from '../../../learning/patternSchema'
import type { Problem } from '../../../learning/problem'
import { readScenario, scenarioNames } from '../scenarios'

/** Fields and attributes whose value is a machine. */
const MACHINE = new RegExp(
  `(?:[{,\\s-]|^)(?:${['host', 'to', 'queue', 'machine', 'device', ...Object.keys(VERBS)].join('|')}): *(['"]?)([A-Za-z][\\w.-]*)\\1 *(?=[,}\\n]|$)|\\b(?:at|to)="([A-Za-z][\\w.-]*)"`,
  'g',
)
const MAILBOX = /(?:[{,\s-]|^)(?:mailbox|user): *['"]?([^\s'",{}@]+@[^\s'",{}]+)/g
/** Deeds that make an address known. */
const MADE = /\baddress: *['"]?([^\s'",{}@]+@[^\s'",{}]+)/g

interface Known {
  readonly machines: ReadonlySet<string>
  /** As text, in which an address is looked for. */
  readonly worlds: string
}

let known: Known | undefined

/** The machines and addresses of all worlds. */
function allKnown(): Known {
  if (known) return known
  const worlds = scenarioNames().map((name) => readScenario(name))
  known = {
    machines: new Set(worlds.flatMap(({ hosts }) => hosts.map(({ name }) => name))),
    worlds: JSON.stringify(worlds).toLowerCase(),
  }
  return known
}

/** Names in a lesson's files that no world has: a slip of the pen, and not something that a run could do. */
export function proveNames(file: string, text: string): readonly Problem[] {
  const { machines, worlds } = allKnown()
  const made = new Set([...text.matchAll(MADE)].map(([, address = '']) => address.toLowerCase()))
  const problems: Problem[] = []
  for (const [at, line] of text.split('\n').entries()) {
    for (const found of line.matchAll(MACHINE)) {
      const name = found[2] ?? found[3] ?? ''
      // A word alone may be another thing in the same field: a part of an address, or of a line.
      if (!/[.-]/.test(name) || machines.has(name)) continue
      const column = found.index + found[0].indexOf(name) + 1
      problems.push({
        file,
        line: at + 1,
        column,
        message: `there is no machine "${name}"`,
        remedy: `There are ${alike(name, machines).join(', ')}.`,
      })
    }
    for (const found of line.matchAll(MAILBOX)) {
      const address = (found[1] ?? '').toLowerCase()
      if (made.has(address) || worlds.includes(`"${address}"`) || hasRecipient(worlds, address)) continue
      const column = found.index + found[0].indexOf(found[1] ?? '') + 1
      problems.push({
        file,
        line: at + 1,
        column,
        message: `no world has a mailbox "${found[1] ?? ''}"`,
        remedy: 'Name an account of the world: bob@bird.example.',
      })
    }
  }
  return problems
}

/** An address may stand in its world in two parts, with the domain and its recipients. */
const hasRecipient = (worlds: string, address: string): boolean => {
  const [local = '', domain = ''] = address.split('@')
  return worlds.includes(`"${domain}"`) && worlds.includes(`"${local}"`)
}

/** The names that begin alike first, and no more than one can read. */
function alike(name: string, machines: ReadonlySet<string>): readonly string[] {
  const common = (other: string): number => {
    let length = 0
    while (length < name.length && name[length] === other[length]) length++
    return length
  }
  return [...machines].toSorted((a, b) => common(b) - common(a)).slice(0, 6)
}
