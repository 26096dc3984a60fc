/**
 * The only things the engine may take from its surroundings that are not in the ECMAScript library.
 * They are the same, octet for octet, in Node and in every browser.
 */
declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(bytes?: Uint8Array): string
}
