import type { Inline } from './lesson'

/** The words of a text, without formatting, for comparison. */
export function plainText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) =>
      typeof inline === 'string' ? inline : inline.kind === 'wire' ? inline.text : plainText(inline.inlines),
    )
    .join('')
}
