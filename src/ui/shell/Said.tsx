import { piecesOf } from '../../messages/topic'

/** A text that may be in another language than the page, or contain one that is (WCAG 2.2, 3.1.2). */
export function Said({ text }: { readonly text: string }) {
  return piecesOf(text).map(({ text: piece, lang }, at) =>
    lang === undefined ? (
      piece
    ) : (
      <span key={at} lang={lang}>
        {piece}
      </span>
    ),
  )
}
