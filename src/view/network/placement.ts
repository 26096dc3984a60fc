import type { Size } from './geometry'

/** A rectangle by its edges. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export const boxAround = (x: number, y: number, halfWidth: number, halfHeight: number): Box => ({
  left: x - halfWidth,
  top: y - halfHeight,
  right: x + halfWidth,
  bottom: y + halfHeight,
})

export const meets = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

const CELL = 4

const within = (at: number, most: number): number => Math.min(Math.max(at, 0), most)

/**
 * The taken parts of an area, in small cells. The time to find out whether a box is free does not depend on how much is taken.
 */
export class Occupancy {
  readonly #columns: number
  readonly #rows: number
  readonly #taken: Uint8Array
  /** The number of taken cells above and to the left of each corner. */
  #sums: Int32Array | undefined

  constructor({ width, height }: Size, boxes: readonly Box[] = []) {
    this.#columns = Math.ceil(width / CELL)
    this.#rows = Math.ceil(height / CELL)
    this.#taken = new Uint8Array(this.#columns * this.#rows)
    for (const box of boxes) this.add(box)
  }

  add(box: Box): void {
    const { left, top, right, bottom } = this.#cells(box)
    for (let row = top; row < bottom; row++)
      this.#taken.fill(1, row * this.#columns + left, row * this.#columns + right)
    this.#sums = undefined
  }

  isFree({ left, top, right, bottom }: Box): boolean {
    return this.isFreeBetween(left, top, right, bottom)
  }

  /** The same of a box by its edges, for whoever asks for very many. */
  isFreeBetween(left: number, top: number, right: number, bottom: number): boolean {
    const sums = this.#summed()
    const [west, east] = [
      within(Math.floor(left / CELL), this.#columns),
      within(Math.ceil(right / CELL), this.#columns),
    ]
    const [north, south] = [within(Math.floor(top / CELL), this.#rows), within(Math.ceil(bottom / CELL), this.#rows)]
    if (east <= west || south <= north) return true
    const across = this.#columns + 1
    const [above, below] = [north * across, south * across]
    const taken = (sums[below + east] as number) - (sums[above + east] as number)
    return taken === (sums[below + west] as number) - (sums[above + west] as number)
  }

  #cells({ left, top, right, bottom }: Box): Box {
    return {
      left: within(Math.floor(left / CELL), this.#columns),
      right: within(Math.ceil(right / CELL), this.#columns),
      top: within(Math.floor(top / CELL), this.#rows),
      bottom: within(Math.ceil(bottom / CELL), this.#rows),
    }
  }

  #summed(): Int32Array {
    if (this.#sums) return this.#sums
    const across = this.#columns + 1
    const sums = new Int32Array(across * (this.#rows + 1))
    for (let row = 0; row < this.#rows; row++) {
      let inRow = 0
      for (let column = 0; column < this.#columns; column++) {
        inRow += this.#taken[row * this.#columns + column] as number
        sums[(row + 1) * across + column + 1] = (sums[row * across + column + 1] as number) + inRow
      }
    }
    this.#sums = sums
    return sums
  }
}

/**
 * Breaks a text at blanks into as few lines as possible, of about the same length, none longer than this many characters. A
 * longer word is broken after punctuation, an address after its @.
 */
export function wrapped(text: string, most: number): readonly string[] {
  const rows = Math.ceil(text.length / most)
  const lines = broken(text, rows <= 1 ? most : Math.min(most, Math.ceil(text.length / rows) + 3), most)
  return lines.length <= rows ? lines : broken(text, most, most)
}

function broken(text: string, most: number, longestWord: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    piecesOf(word, longestWord).forEach((piece, i) => {
      const last = lines.at(-1)
      const blank = i === 0 ? ' ' : ''
      if (last !== undefined && last.length + blank.length + piece.length <= most)
        lines[lines.length - 1] = last + blank + piece
      else lines.push(piece)
    })
  }
  return lines
}

/** Words joined by a no-break space stay together. */
function piecesOf(word: string, most: number): readonly string[] {
  if (word.length <= most || word.includes('\u00a0')) return [word]
  const atSigns = word.match(/[^@]+@*|@+/g) ?? [word]
  return atSigns.flatMap((piece) => (piece.length <= most ? piece : piece.split(/(?<=[:.,])(?![:.,])/)))
}
