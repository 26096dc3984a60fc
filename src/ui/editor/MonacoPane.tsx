import { useEffect, useRef } from 'react'
import { toText } from '../../base/octets'
import { editorText } from '../../messages/editor'
import type { TranscriptLine } from '../../view/run/transcript'
import { hueStyle } from '../panels/hue'
import { useShownTheme } from '../shell/theme'
import { decorationsOf } from './decorate'
import './dialogue.css'
import { editor, type IDisposable, KeyCode, LANGUAGE, Range } from './monaco'
import type { PaneProps } from './pane'
import { provideFor } from './providers'

/**
 * The dialogue in one editor: all earlier lines can be read and copied, and the last line is the input. The model holds the said
 * lines and then the input; a change of a said line is undone.
 */
export default function MonacoPane(props: PaneProps) {
  const { protocol, lines, input, canType, data, focus } = props
  const box = useRef<HTMLDivElement>(null)
  const pane = useRef<Pane>(undefined)
  const latest = useRef(props)
  latest.current = props
  const theme = useShownTheme()

  useEffect(() => {
    const made = new Pane(box.current as HTMLDivElement, () => latest.current)
    pane.current = made
    return () => {
      pane.current = undefined
      made.dispose()
    }
  }, [])
  useEffect(() => {
    pane.current?.show()
  }, [lines, input, canType, data])
  useEffect(() => {
    if (focus > 0) pane.current?.focus()
  }, [focus])
  useEffect(() => {
    editor.setTheme(theme === 'dark' ? 'ehlo-dark' : 'ehlo-light')
  }, [theme])

  return <div ref={box} className="dialogue-editor" translate="no" style={hueStyle(protocol)} />
}

const textOf = (line: TranscriptLine): string => toText(line.octets).replace(/[\0-\x08\x0a-\x1f\x7f\u2028\u2029]/g, '·')

class Pane {
  readonly #editor: editor.IStandaloneCodeEditor
  readonly #model: editor.ITextModel
  readonly #decorations: editor.IEditorDecorationsCollection
  readonly #props: () => PaneProps
  readonly #stopProviding: () => void
  readonly #bound: IDisposable[] = []
  /** The number of lines at the top of the model that were said already. */
  #said = 0
  #shown: readonly TranscriptLine[] = []
  /** True while this component changes the model. */
  #writing = false
  #back = 0
  /**
   * Inputs that were reported and have not come back as a property yet. One that comes back late must not overwrite newer typing.
   */
  #reported: string[] = []
  /** The page's input at the last comparison. */
  #seen = ''

  constructor(box: HTMLElement, props: () => PaneProps) {
    this.#props = props
    this.#model = editor.createModel('', LANGUAGE)
    const style = getComputedStyle(box)
    this.#editor = editor.create(box, {
      model: this.#model,
      ariaLabel: editorText('monaco'),
      automaticLayout: true,
      acceptSuggestionOnEnter: 'off',
      autoClosingBrackets: 'never',
      autoIndent: 'none',
      contextmenu: false,
      cursorBlinking: 'solid',
      fixedOverflowWidgets: true,
      folding: false,
      fontFamily: style.fontFamily,
      fontLigatures: false,
      fontSize: 15,
      glyphMargin: false,
      hover: { enabled: 'on', delay: 250 },
      lineDecorationsWidth: 12,
      lineHeight: 22,
      lineNumbers: (at) => this.#numberOf(at),
      lineNumbersMinChars: 3,
      links: false,
      matchBrackets: 'never',
      minimap: { enabled: false },
      occurrencesHighlight: 'off',
      overviewRulerLanes: 0,
      padding: { top: 10, bottom: 10 },
      quickSuggestions: { other: true, comments: true, strings: true },
      renderLineHighlight: 'none',
      scrollBeyondLastLine: false,
      scrollbar: { alwaysConsumeMouseWheel: false, verticalScrollbarSize: 10 },
      selectionHighlight: false,
      suggest: { showIcons: false, showWords: false, showStatusBar: false, preview: false },
      suggestFontSize: 13,
      suggestLineHeight: 26,
      tabFocusMode: true,
      unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false, nonBasicASCII: false },
      wordBasedSuggestions: 'off',
      wordWrap: 'on',
      wrappingIndent: 'none',
    })
    this.#decorations = this.#editor.createDecorationsCollection()
    this.#stopProviding = provideFor(this.#model, {
      protocol: () => this.#props().protocol,
      completions: () => this.#props().completions,
      inputLine: () => (this.#props().canType ? this.#said + 1 : -1),
    })
    this.#bind('send', KeyCode.Enter, () => this.#send())
    this.#bind('earlier', KeyCode.UpArrow, () => this.#recall(1), '!suggestWidgetVisible')
    this.#bind('later', KeyCode.DownArrow, () => this.#recall(-1), '!suggestWidgetVisible')
    this.#editor.onKeyDown((event) => this.#pressed(event.browserEvent))
    this.#model.onDidChangeContent((event) => this.#changed(event))
    this.#editor.onDidChangeCursorPosition(() => this.#guard())
    // The list below the editor grows with the legal commands. The line being typed stays in sight.
    this.#editor.onDidLayoutChange(() => this.#revealInput())
    this.show()
  }

  /**
   * Binds a key as an action, which can be removed. A command added by `addCommand` cannot: the page would keep it, and with it
   * every editor that was ever opened.
   */
  #bind(name: string, key: KeyCode, run: () => void, precondition?: string): void {
    this.#bound.push(
      this.#editor.addAction({
        id: `dialogue.${name}`,
        label: name,
        keybindings: [key],
        ...(precondition === undefined ? {} : { precondition }),
        run,
      }),
    )
  }

  dispose(): void {
    this.#stopProviding()
    for (const each of this.#bound) each.dispose()
    this.#editor.dispose()
    this.#model.dispose()
  }

  focus(): void {
    this.#editor.focus()
    this.#toEnd()
  }

  /** Updates the model to the lines and the input of now. */
  show(): void {
    const { lines, canType } = this.#props()
    const input = this.#wantedInput()
    const longer = canType ? this.#said + 1 : Math.max(this.#said, 1)
    if (lines !== this.#shown || (canType && this.#input() !== input) || this.#model.getLineCount() !== longer) {
      const atEnd = this.#isAtEnd()
      this.#write([...lines.map(textOf), ...(canType ? [input] : [])].join('\n'), lines.length)
      this.#shown = lines
      if (atEnd || this.#editor.hasTextFocus()) this.#toEnd()
      this.#editor.revealLine(this.#model.getLineCount())
    }
    this.#guard()
    this.#decorate()
  }

  /** The page's input if it was set from outside, else the editor's. */
  #wantedInput(): string {
    const { input } = this.#props()
    if (input === this.#seen) return this.#input()
    this.#seen = input
    const echo = this.#reported.indexOf(input)
    this.#reported = echo === -1 ? [] : this.#reported.slice(echo + 1)
    return echo === -1 ? input : this.#input()
  }

  #report(input: string): void {
    this.#reported.push(input)
    this.#props().onInput(input)
  }

  #write(text: string, said: number): void {
    this.#writing = true
    this.#said = said
    this.#model.setValue(text)
    this.#writing = false
  }

  #decorate(): void {
    const { lines, input, canType, data } = this.#props()
    this.#decorations.set(decorationsOf(lines, canType ? { text: input, command: !data } : undefined))
  }

  #input(): string {
    const last = this.#model.getLineCount()
    if (last <= this.#said) return ''
    return this.#model.getValueInRange(new Range(this.#said + 1, 1, last, this.#model.getLineMaxColumn(last)))
  }

  #changed(event: editor.IModelContentChangedEvent): void {
    if (this.#writing) return
    const reachesBack = event.changes.some((change) => change.range.startLineNumber <= this.#said)
    if (reachesBack) {
      const { lines, input } = this.#props()
      this.#reported = []
      // After the event, because the model must not be changed while it reports a change.
      queueMicrotask(() => {
        this.#write([...lines.map(textOf), input].join('\n'), lines.length)
        this.#decorate()
        this.#toEnd()
      })
      return
    }
    const typed = this.#input()
    this.#back = 0
    // The complete lines of a pasted text are sent; the rest stays as the input.
    const end = typed.lastIndexOf('\n')
    if (end === -1) this.#report(typed)
    else {
      this.#reported = []
      queueMicrotask(() => {
        this.#props().onSend(typed.slice(0, end))
        this.#props().onInput(typed.slice(end + 1))
      })
    }
  }

  #send(): void {
    const { canType, onSend } = this.#props()
    if (!canType) return
    if (this.#isAbove()) {
      this.#toEnd()
      return
    }
    const input = this.#input()
    this.#back = 0
    this.#reported = ['']
    this.#write([...this.#shown.map(textOf), ''].join('\n'), this.#said)
    this.#editor.trigger('dialogue', 'hideSuggestWidget', undefined)
    onSend(input)
  }

  #recall(by: number): void {
    const { history, canType, onInput } = this.#props()
    this.#reported = []
    const position = this.#editor.getPosition()
    if (!canType || position?.lineNumber !== this.#said + 1) {
      if (position)
        this.#editor.setPosition({ lineNumber: Math.max(1, position.lineNumber - by), column: position.column })
      return
    }
    this.#back = Math.min(Math.max(this.#back + by, 0), history.length)
    const back = this.#back
    onInput(back === 0 ? '' : (history[history.length - back] ?? ''))
    queueMicrotask(() => {
      this.#back = back
    })
  }

  #toEnd(): void {
    const last = this.#model.getLineCount()
    this.#editor.setPosition({ lineNumber: last, column: this.#model.getLineMaxColumn(last) })
  }

  /** The said lines cannot be overwritten. */
  #guard(): void {
    const { canType } = this.#props()
    this.#editor.updateOptions({ readOnly: !canType || this.#isAbove(), domReadOnly: !canType })
  }

  #isAtEnd(): boolean {
    return this.#editor.getPosition()?.lineNumber === this.#model.getLineCount()
  }

  #revealInput(): void {
    if (this.#isAtEnd()) this.#editor.revealLine(this.#model.getLineCount())
  }

  #isAbove(): boolean {
    return (this.#editor.getSelection()?.startLineNumber ?? 0) <= this.#said
  }

  /** Typing while the cursor is in a said line goes to the input at the end. */
  #pressed({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): void {
    const types = key.length === 1 && !altKey && (ctrlKey || metaKey ? key.toLowerCase() === 'v' : true)
    if (types && this.#props().canType && this.#isAbove()) this.#toEnd()
  }

  /** Commands are numbered; the line being typed has an arrow. */
  #numberOf(at: number): string {
    if (at > this.#said) return this.#props().canType ? '›' : ''
    const line = this.#shown[at - 1]
    if (!line?.command) return ''
    let number = 0
    for (let n = 0; n < at; n++) if (this.#shown[n]?.command) number++
    return String(number)
  }
}
