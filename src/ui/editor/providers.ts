import type { Completion } from '../../view/editor/completions'
import { hoverAt } from '../../view/editor/hovers'
import { textOf } from '../../view/reference/entryText'
import type { DialogueProtocol } from '../../view/run/connections'
import { type editor, LANGUAGE, languages, Range } from './monaco'

/** The providers' questions to the editor that a model belongs to. */
export interface ModelSource {
  protocol(): DialogueProtocol
  completions(): readonly Completion[]
  inputLine(): number
}

/** Providers are registered once for the language; each model brings its own source. */
const sources = new Map<string, ModelSource>()

export function provideFor(model: editor.ITextModel, source: ModelSource): () => void {
  const key = model.uri.toString()
  sources.set(key, source)
  return () => sources.delete(key)
}

languages.registerCompletionItemProvider(LANGUAGE, {
  triggerCharacters: [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz :<'],
  provideCompletionItems(model, position) {
    const source = sources.get(model.uri.toString())
    if (!source || position.lineNumber !== source.inputLine()) return { suggestions: [] }
    const line = position.lineNumber
    const range = new Range(line, 1, line, model.getLineMaxColumn(line))
    return {
      suggestions: source.completions().map((completion, n) => ({
        label: { label: completion.label, description: completion.detail },
        kind: languages.CompletionItemKind.Keyword,
        insertText: completion.line,
        filterText: completion.line,
        sortText: String(n).padStart(3, '0'),
        range,
      })),
    }
  },
})

languages.registerHoverProvider(LANGUAGE, {
  provideHover(model, position) {
    const source = sources.get(model.uri.toString())
    const found = source && hoverAt(model.getLineContent(position.lineNumber), position.column - 1, source.protocol())
    if (!found) return null
    const { entry, start, end } = found
    const { meaning, slip } = textOf(entry)
    const lines = [
      `**${plain(entry.name)}** ${plain(meaning)}`,
      ...(entry.syntax ? [`\`${entry.syntax}\``] : []),
      ...(slip ? [`_${plain(slip)}_`] : []),
      `${plain(entry.term)}, ${entry.rfc}`,
    ]
    return {
      range: new Range(position.lineNumber, start + 1, position.lineNumber, end + 1),
      contents: lines.map((value) => ({ value })),
    }
  },
})

/** Catalogue text is plain except for code in back-ticks. All other Markdown syntax is escaped. */
const plain = (text: string): string =>
  text
    .split('`')
    .map((part, n) => (n % 2 === 1 ? `\`${part}\`` : part.replace(/[\\*_{}[\]()#+!|<>~]/g, '\\$&')))
    .join('')
