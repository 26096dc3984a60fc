import { HIERARCHY_DELIMITER, INBOX } from '../../../mail/store'

/** `*` matches anything, `%` anything within one level. INBOX matches in any case. */
export function matches(name: string, wanted: string): boolean {
  const stars = wanted.replace(/[*%]*\*[*%]*/g, '*').replace(/%+/g, '%')
  const isInbox = name === INBOX || name.startsWith(INBOX + HIERARCHY_DELIMITER)
  return match(isInbox ? stars.replace(/^inbox(?=$|[/*%])/i, INBOX) : stars, name)
}

/** Follows all places in the pattern at once, so the time is at most the pattern's length times the name's. */
function match(wanted: string, name: string): boolean {
  let states = new Set([0])
  const spread = (set: Set<number>): Set<number> => {
    for (const at of set) if (wanted[at] === '*' || wanted[at] === '%') set.add(at + 1)
    return set
  }
  states = spread(states)
  for (const char of name.split('')) {
    const next = new Set<number>()
    for (const at of states) {
      const token = wanted[at]
      if (token === '*' || (token === '%' && char !== HIERARCHY_DELIMITER)) next.add(at)
      else if (token === char) next.add(at + 1)
    }
    states = spread(next)
    if (states.size === 0) return false
  }
  return states.has(wanted.length)
}

/** The ancestors of a name, the nearest last: `a` and `a/b` of `a/b/c`. */
export function parentsOf(name: string): readonly string[] {
  const levels = name.split(HIERARCHY_DELIMITER)
  return levels.slice(1).map((_, at) => levels.slice(0, at + 1).join(HIERARCHY_DELIMITER))
}
