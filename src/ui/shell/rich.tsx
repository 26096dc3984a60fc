import { createElement, Fragment, type ReactElement, type ReactNode } from 'react'

/**
 * A message with tags as React elements: `joined(homeText.parts('orPress', { key: (inside) => <kbd>{inside}</kbd> }))`. Each part
 * has a fixed place in the sentence, so none needs a key.
 */
export const joined = (parts: readonly ReactNode[]): ReactElement => createElement(Fragment, null, ...parts)

/** Wire text inside a sentence: it is the same in every language. */
export const code = (inside: readonly ReactNode[]): ReactElement => <code translate="no">{joined(inside)}</code>
