/** What the letter's parser gives of an attachment. */
interface Parsed {
  readonly filename: string | null
  readonly content: ArrayBuffer | Uint8Array | string
}

/** An attachment as a file to save. Whatever type the letter claims, it is octets: nothing in the page opens it (RFC 2046 section 4.5.1). */
export function fileOf({ filename, content }: Parsed): { readonly name: string; readonly blob: Blob } {
  const part = typeof content === 'string' || content instanceof ArrayBuffer ? content : Uint8Array.from(content)
  return {
    // A name is no path, and has nothing in it that cannot be seen (RFC 2183 section 2.3).
    name: filename?.replace(/[/\\]/g, '_').replace(/\p{C}/gu, '').trim() || 'attachment',
    blob: new Blob([part], { type: 'application/octet-stream' }),
  }
}
