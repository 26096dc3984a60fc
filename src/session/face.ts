/**
 * What everything that shows a protocol has to know of it. A face is light: it brings no machine and no catalogue, so the
 * stage can be drawn before they come. What a protocol knows of its words stands in `knowledge.ts`.
 */

/** A part of a line, as the inspector sets it apart. */
export interface LinePart {
  /** The RFC's term for it: `replyCode`, `tag`. */
  readonly name: string
  /** Octets. */
  readonly length: number
}

export interface ProtocolFace {
  /** As its sessions name it. The keys of its two halves begin with it in lower case: `smtp.server`. */
  readonly name: string
  readonly look: {
    /** A CSS colour; the theme's own protocols have tokens. */
    readonly hue: string
    /** The line between two hosts. The form tells the protocol without its colour. */
    readonly stroke: 'solid' | 'dots' | 'double' | 'dashes' | 'thin'
    /** What travels on that line. */
    readonly carrier: 'letter' | 'diamond' | 'token' | 'sack' | 'bead'
    /** The mark beside its name: an SVG path in a box of 16 by 16. */
    readonly mark: string
    /** True where the mark is filled, not drawn in outline. */
    readonly filled?: true
    /** Its tick on the timeline: an SVG path around x = 0, from y = 3 to 11. */
    readonly tick: string
  }
  /** Where a line is cut: the parts lie side by side from its first octet. Empty where the line has no parts. */
  partsOf?(line: string): readonly LinePart[]
  /** True where each command begins with a tag of the client's choice (RFC 9051 section 2.2.1). */
  readonly tagged?: true
}
