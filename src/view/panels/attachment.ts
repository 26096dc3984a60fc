/** An attachment as the letter's parser returns it. */
interface Parsed {
  readonly filename: string | null
  readonly content: ArrayBuffer | Uint8Array | string
}

/**
 * An attachment as a file to save. Whatever type the letter claims, it is saved as octets, and the page never opens it (RFC 2046
 * section 4.5.1).
 */
export function fileOf({ filename, content }: Parsed): { readonly name: string; readonly blob: Blob } {
  const part = typeof content === 'string' || content instanceof ArrayBuffer ? content : Uint8Array.from(content)
  return {
    // The name is without a path and without invisible characters (RFC 2183 section 2.3).
    name: filename?.replace(/[/\\]/g, '_').replace(/\p{C}/gu, '').trim() || 'attachment',
    blob: new Blob([part], { type: 'application/octet-stream' }),
  }
}
