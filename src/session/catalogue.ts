/**
 * One word of a protocol: what the reference, the editor's hovers and completions, and the quiz show of it in each language. The
 * view says its meaning, out of `messages/`.
 */
export interface CatalogueEntry {
  readonly name: string
  /** The protocol's name, as in its face. */
  readonly protocol: string
  readonly kind:
    | 'command'
    | 'parameter'
    | 'reply'
    | 'statusCode'
    | 'response'
    | 'capability'
    | 'recordType'
    | 'opcode'
    | 'rcode'
    | 'flag'
    | 'section'
    | 'edns'
    | 'zoneFile'
    | 'segment'
    | 'term'
  readonly syntax?: string
  /** The RFC's own term. */
  readonly term: string
  /** `RFC 1939 section 5` */
  readonly rfc: string
  /** The machine's states that admit it. */
  readonly states?: readonly string[]
  readonly example?: string
}
