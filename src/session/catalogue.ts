/** One word of a protocol as the reference, the editor's hovers and completions, and the quiz describe it. */
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
  readonly syntax?: string
  /** One or two plain sentences. */
  readonly meaning: string
  /** The RFC's own term. */
  readonly term: string
  /** `RFC 1939 section 5` */
  readonly rfc: string
  /** The machine's states that admit it. */
  readonly states?: readonly string[]
  /** A common mistake and its repair. */
  readonly slip?: string
  readonly example?: string
}
