/** The fonts of the map, as map.css sets them. A text that may become bold is measured in bold. */
const FACES = {
  role: '640 13px "Commissioner Variable"',
  name: '400 12px "Spline Sans Mono Variable"',
  short: '640 12px "Spline Sans Mono Variable"',
  address: '400 11px "Spline Sans Mono Variable"',
  state: '640 13px "Commissioner Variable"',
  words: '400 13px "Commissioner Variable"',
  wire: '640 17px "Spline Sans Mono Variable"',
  wireSmall: '640 15px "Spline Sans Mono Variable"',
  gloss: 'italic 400 18px "Newsreader Variable"',
  glossSmall: 'italic 400 16.5px "Newsreader Variable"',
  noteWire: '640 13px "Spline Sans Mono Variable"',
  noteGloss: 'italic 400 17px "Newsreader Variable"',
} as const

export type Face = keyof typeof FACES

let context: CanvasRenderingContext2D | null | undefined
const known = new Map<string, number>()

/** The width of a text in pixels. */
export function textWidth(text: string, face: Face): number {
  const key = `${face} ${text}`
  const measured = known.get(key)
  if (measured !== undefined) return measured
  context ??= document.createElement('canvas').getContext('2d')
  if (!context) return text.length * 8
  context.font = `${FACES[face]}, sans-serif`
  const { width } = context.measureText(text)
  if (known.size > 2000) known.clear()
  known.set(key, width)
  return width
}

export const widest = (texts: readonly string[], face: Face): number =>
  Math.max(0, ...texts.map((text) => textWidth(text, face)))
