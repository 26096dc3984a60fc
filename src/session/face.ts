import type { Octets } from '../base/octets'
import type { Meaning } from './session'

/**
 * The data that the stage needs to show a protocol. A face loads quickly: it brings no machine and no catalogue. The protocol's
 * words stand in `knowledge.ts`.
 */

/** A line with its meaning. */
export interface SaidLine {
  readonly octets: Octets
  readonly means: Meaning
}

/** A part of a line, as the inspector sets it apart. */
export interface LinePart {
  /** The RFC's term for it: `replyCode`, `tag`. */
  readonly name: string
  /** Octets. */
  readonly length: number
}

export interface ProtocolFace {
  /** The protocol's name in its sessions. The keys of its client and server begin with it in lower case: `smtp.server`. */
  readonly name: string
  readonly look: {
    /** A CSS colour; the theme's own protocols have tokens. */
    readonly hue: string
    /** The line between two hosts. Its form tells the protocol apart without colour. */
    readonly stroke: 'solid' | 'dots' | 'double' | 'dashes' | 'thin'
    /** The shape that travels on that line: a slip with something written on it, a small diamond, or a bead. */
    readonly carrier: 'slip' | 'diamond' | 'bead'
    /** The mark beside its name: an SVG path in a box of 16 by 16. */
    readonly mark: string
    /** True where the mark is filled, not drawn in outline. */
    readonly filled?: true
    /** Its tick on the timeline: an SVG path around x = 0, from y = 3 to 11. Only its `M` is absolute, with x first. */
    readonly tick: string
  }
  /** Cuts a line into adjacent parts from its first octet. Empty if the line has no parts. */
  partsOf?(line: string): readonly LinePart[]
  /**
   * How an answer of several lines reads as one. Absent if each line is an answer of its own. An answer is told by the line that
   * says the most of what was asked for; of equal lines, by the first.
   */
  readonly answer?: {
    /** True if the same answer may go on after a line. */
    isOpenAfter(line: SaidLine): boolean
    /** True if a line can go on with the answer of the line before it. */
    goesOn(line: SaidLine): boolean
    /** How much a line says of what was asked for, from 0. */
    weight(means: Meaning): number
  }
  /** True for a line that carries a whole message, besides lines of the kind `mailData`. */
  hasMessage?(means: Meaning): boolean
  /** True where each command begins with a tag of the client's choice (RFC 9051 section 2.2.1). */
  readonly tagged?: true
}
