import compile from 'icu-minify/compile'
import type { CompiledMessage } from 'icu-minify/format'

/** The text of a message from its file, or its compiled form from the build of the page. */
export type Source = string | CompiledMessage

const compiled = new Map<Source, CompiledMessage>()

/**
 * A message in the formatter's form. The messages of a built page are compiled already, and this function returns them
 * unchanged, so the page contains no parser: see scripts/messagesPlugin.ts.
 *
 * @throws SyntaxError if a message is no ICU message
 */
export function ready(source: Source): CompiledMessage {
  if (typeof source !== 'string') return source
  const known = compiled.get(source) ?? compile(source)
  compiled.set(source, known)
  return known
}
