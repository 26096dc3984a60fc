import type { Asked, Values } from '../fields'
import { type Filter, isOrder, numberIn } from './parse'
import type { Operator } from './tokens'

/** True if the filter lets the row pass. No filter lets every row pass. */
export function accepts(filter: Filter | undefined, asked: Asked): boolean {
  switch (filter?.type) {
    case undefined:
      return true
    case 'and':
      return filter.parts.every((part) => accepts(part, asked))
    case 'or':
      return filter.parts.some((part) => accepts(part, asked))
    case 'not':
      return !accepts(filter.part, asked)
    case 'has':
      return filter.field.valuesOf(asked).length > 0
    case 'compare':
      return compares(filter.field.valuesOf(asked), filter.operator, filter.value)
  }
}

function compares(values: Values, operator: Operator, wanted: string): boolean {
  if (operator === '!=') return values.length > 0 && !values.some((value) => isEqual(value, wanted))
  if (operator === '==') return values.some((value) => isEqual(value, wanted))
  if (operator === 'contains') {
    const part = wanted.toLowerCase()
    return values.some((value) => String(value).toLowerCase().includes(part))
  }
  const bound = numberIn(wanted)
  return bound !== undefined && isOrder(operator) && values.some((value) => isOrdered(value, operator, bound))
}

/** Texts are equal in any letter case, and a domain name with or without its last dot. */
function isEqual(value: string | number, wanted: string): boolean {
  if (typeof value === 'number') return value === numberIn(wanted)
  return bare(value) === bare(wanted)
}

const bare = (text: string): string => text.toLowerCase().replace(/(?<=.)\.$/, '')

function isOrdered(value: string | number, operator: Operator, bound: number): boolean {
  const number = typeof value === 'number' ? value : numberIn(value)
  if (number === undefined) return false
  switch (operator) {
    case '<':
      return number < bound
    case '<=':
      return number <= bound
    case '>':
      return number > bound
    default:
      return number >= bound
  }
}
