import { vi } from 'vitest'
import type { Tab } from './engine'

/** A person's actions on a page, in any engine: find a thing by its name, press it, and read. */

/** Waits for a condition, long enough for a busy machine. */
export const until = <Value>(look: () => Promise<Value>): Promise<Value> =>
  vi.waitFor(look, { timeout: 20_000, interval: 40 })

interface Wanted {
  readonly selector: string
  readonly name: string | undefined
}

interface Place {
  readonly x: number
  readonly y: number
}

/** In the page: the point at which a click meets the element of this name; a sentence if it cannot be clicked. */
function placeIn({ selector, name }: Wanted): Place | string {
  const named = [...document.querySelectorAll<HTMLElement>(selector)].filter((element) => {
    const called = element.getAttribute('aria-label') ?? element.textContent ?? ''
    return (name === undefined || new RegExp(name).test(called.trim())) && element.checkVisibility()
  })
  const element = named[0]
  if (!element) return 'is not there'
  if (element.matches(':disabled, [aria-disabled=true]')) return 'is disabled'
  const outside = ({ top, bottom }: DOMRect): boolean => top < 0 || bottom > innerHeight
  if (outside(element.getBoundingClientRect())) element.scrollIntoView({ block: 'center', behavior: 'instant' })
  const { left, top, width, height } = element.getBoundingClientRect()
  const x = Math.round(left + width / 2)
  const y = Math.round(top + height / 2)
  const met = document.elementFromPoint(x, y)
  if (!met || !(element.contains(met) || met.contains(element))) return `is covered by <${met?.tagName ?? 'nothing'}>`
  return { x, y }
}

/** Clicks an element by its selector and its name (a regular expression), once it exists and no longer moves. */
export async function press(tab: Tab, selector: string, name?: string): Promise<void> {
  let before = ''
  const place = await until(async () => {
    const found = await tab.run(placeIn, { selector, name })
    if (typeof found === 'string') throw new Error(`${selector} ${name ?? ''} ${found}`)
    const now = `${found.x},${found.y}`
    const still = now === before
    before = now
    if (!still) throw new Error(`${selector} ${name ?? ''} moves`)
    return found
  })
  await tab.click(place.x, place.y)
}

/** The text of all elements of a selector. */
export const textOf = (tab: Tab, selector: string): Promise<string> =>
  tab.run((wanted) => [...document.querySelectorAll(wanted)].map((element) => element.textContent).join('\n'), selector)

/** Waits until an element has the wanted text. */
export const reads = (tab: Tab, selector: string, wanted: RegExp): Promise<void> =>
  until(async () => {
    const text = await textOf(tab, selector)
    if (!wanted.test(text)) throw new Error(`${selector} says "${text.slice(0, 400)}" and not ${wanted}`)
  })
