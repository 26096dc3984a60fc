import compile from 'icu-minify/compile'
import type { CompiledMessage } from 'icu-minify/format'

/** As a message stands in its file, or as it was compiled when the page was built. */
export type Source = string | CompiledMessage

const compiled = new Map<Source, CompiledMessage>()

/**
 * A message as the formatter takes it. Where the page is built, its messages are compiled already and this function gives back
 * what it gets, so the page carries no parser: see scripts/messagesPlugin.ts.
 *
 * @throws SyntaxError where a message is no ICU message
 */
export function ready(source: Source): CompiledMessage {
  if (typeof source !== 'string') return source
  const known = compiled.get(source) ?? compile(source)
  compiled.set(source, known)
  return known
}
